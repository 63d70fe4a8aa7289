const jwksClient = require('jwks-rsa');
module.exports = async () => {
  const client = jwksClient({ jwksUri: 'https://my.auth0.com/.well-known/jwks.json', cache: true });
  const key = await client.getSigningKey('k1');
  const missing = await client.getSigningKey('k2').catch((error) => [error.name, error.message]);
  return [key.kid, key.alg, key.getPublicKey(), missing];
};
