const redis = require('redis');
module.exports = async () => [typeof redis.createClient, new redis.ReplyError('x').name, redis.AbortError.name, Object.keys(redis).length > 5];
