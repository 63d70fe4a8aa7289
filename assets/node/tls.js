// Node's `tls`, so that packages load; connections fail as those of `net` do.
const net = require('net');

function TLSSocket(socket, options) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, options);
  net.Socket.call(this, options);
  this.encrypted = true;
  this.authorized = false;
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);
Object.assign(TLSSocket.prototype, {
  getPeerCertificate: () => ({}), getCipher: () => undefined, getProtocol: () => null, setServername() {},
});
function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  net.Server.call(this, options, listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);
class SecureContext {}

function checkServerIdentity(hostname, certificate) {
  const names = String(certificate.subjectaltname || '').split(', ').filter((name) => name.startsWith('DNS:')).map((name) => name.slice(4));
  if (names.length === 0 && certificate.subject) names.push(certificate.subject.CN);
  const matches = names.some((name) => name === hostname
    || String(name).startsWith('*.') && hostname.split('.').slice(1).join('.') === name.slice(2));
  if (matches) return undefined;
  return require('internal/errors').coded(Error, 'ERR_TLS_CERT_ALTNAME_INVALID',
    `Hostname/IP does not match certificate's altnames: Host: ${hostname}. is not in the cert's altnames: ${certificate.subjectaltname}`,
    { host: hostname, cert: certificate });
}

module.exports = {
  TLSSocket, Server, SecureContext, checkServerIdentity,
  connect: (...args) => new TLSSocket().connect(...args),
  createServer: (options, listener) => new Server(options, listener),
  createSecureContext: () => new SecureContext(),
  createSecurePair: () => { throw require('internal/refusal').unreachable('connect', 'tls'); },
  getCiphers: () => ['tls_aes_128_gcm_sha256', 'tls_aes_256_gcm_sha384', 'tls_chacha20_poly1305_sha256'],
  rootCertificates: [],
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_CIPHERS: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
};
