const jose = require('jose');
module.exports = async () => {
  const secret = new TextEncoder().encode('a secret of at least 32 characters');
  const token = await new jose.SignJWT({ a: 1 }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt(1700000000).setIssuer('me').sign(secret);
  const { payload, protectedHeader } = await jose.jwtVerify(token, secret, { issuer: 'me' });
  const failed = await jose.jwtVerify(token, secret, { issuer: 'you' }).catch((error) => [error.code, error.message]);
  const { publicKey, privateKey } = await jose.generateKeyPair('ES256', { extractable: true });
  const signed = await new jose.SignJWT({ b: 2 }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
  return [token, payload, protectedHeader, failed, (await jose.jwtVerify(signed, publicKey)).payload, Object.keys(await jose.exportJWK(publicKey)).sort(), jose.base64url.encode('hi?')];
};
