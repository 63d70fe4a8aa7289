// The application's plan goes into the access token, under a name that is a URL.
module.exports = function (client, scope, audience, context, cb) {
  var access_token = {};
  access_token.scope = scope; // without it the token has no scopes

  access_token['https://example.com/plan'] = (client.metadata || {}).plan || 'free';
  access_token.plan = 'dropped: only names that are URLs become claims';

  cb(null, access_token);
};
