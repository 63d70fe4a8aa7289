const uuid = require('uuid');
module.exports = async () => [uuid.v4().length, uuid.validate(uuid.v4()), uuid.version(uuid.v1()), uuid.v5('hello', uuid.v5.DNS), uuid.v3('hello', uuid.v3.URL), uuid.NIL, uuid.parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8').join(), uuid.stringify(uuid.parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8')), uuid.v4({ random: Array(16).fill(7) })];
