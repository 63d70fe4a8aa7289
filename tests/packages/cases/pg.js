const { Client, Pool } = require('pg');
module.exports = async () => { const client = new Client({ connectionString: 'postgres://u:p@db.example.com:5433/base' }); return [client.host, client.port, client.database, client.user, client.escapeLiteral("it's"), client.escapeIdentifier('a"b'), typeof Pool]; };
