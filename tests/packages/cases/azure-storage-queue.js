const { QueueServiceClient, StorageSharedKeyCredential } = require('@azure/storage-queue');
module.exports = async () => { const client = new QueueServiceClient('https://me.queue.core.windows.net', new StorageSharedKeyCredential('me', 'a2V5')); return [client.accountName, client.getQueueClient('q').url]; };
