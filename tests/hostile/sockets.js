// expect: success
// Sockets.
module.exports = function (user, context, cb) {
  let found = 'none';
  try { require('net').connect(22, '127.0.0.1').on('connect', function () { console.log('connected'); }).on('error', function () {}); } catch (e) {}
  try { require('dgram').createSocket('udp4'); found = 'socket'; } catch (e) {}
  cb(null, { real: true, found: found });
};
