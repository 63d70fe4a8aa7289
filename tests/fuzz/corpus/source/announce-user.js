// Writes the line a chat channel would get; the request itself stays a comment, so that it runs offline.
module.exports = function (user, context, cb) {
  var message = 'New user: ' + (user.username || user.email) + ' (' + user.email + ')';
  console.log(message);

  // const https = require('https');
  // const request = https.request(context.webtask.secrets.CHAT_URL, { method: 'POST' });
  // request.end(JSON.stringify({ text: message }));

  // Auth0 does not wait for this answer and ignores it.
  cb();
};
