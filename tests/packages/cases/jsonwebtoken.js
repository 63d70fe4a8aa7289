const jwt = require('jsonwebtoken');
const { generateKeyPairSync } = require('crypto');
module.exports = async () => {
  const token = jwt.sign({ sub: 'auth0|1', iat: 1700000000 }, 'secret', { issuer: 'me', audience: ['a', 'b'] });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = jwt.sign({ a: 1, iat: 1 }, privateKey, { algorithm: 'RS256', keyid: 'k', expiresIn: '10y', noTimestamp: false });
  const failures = [];
  for (const wrong of [() => jwt.verify(token, 'other'), () => jwt.verify('x.y.z', 'secret'), () => jwt.verify(jwt.sign({ exp: 1 }, 's'), 's'), () => jwt.verify(token, 'secret', { audience: 'c' }), () => jwt.sign({}, '')]) {
    try { wrong(); failures.push('no error'); } catch (error) { failures.push([error.name, error.message]); }
  }
  return [token, jwt.verify(token, 'secret', { audience: 'a' }), jwt.decode(token, { complete: true }).header, jwt.verify(signed, publicKey, { algorithms: ['RS256'], clockTimestamp: 2 }), failures];
};
