const { MongoClient, ObjectId } = require('mongodb');
module.exports = async () => { const client = new MongoClient('mongodb://localhost:27017/x'); const db = client.db(); return [db.databaseName, db.collection('users').namespace, new ObjectId('507f1f77bcf86cd799439011').toHexString(), new ObjectId('507f1f77bcf86cd799439011').getTimestamp(), ObjectId.isValid('x')]; };
