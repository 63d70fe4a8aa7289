const jose = require('node-jose');
module.exports = async () => {
  const key = await jose.JWK.asKey({ kty: 'oct', k: 'Z29vZCBzZWNyZXQgb2YgMzIgYnl0ZXMgbGVuZ3RoIQ', alg: 'HS256', kid: 'k' });
  const signed = await jose.JWS.createSign({ format: 'compact' }, key).update('payload').final();
  const verified = await jose.JWS.createVerify(key).verify(signed);
  return [signed, verified.payload.toString(), key.toJSON()];
};
