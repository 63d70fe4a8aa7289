/**
 * Runs when an application asks for an access token with its own credentials. Auth0 waits for the answer.
 *
 * @param {object} client - the application
 * @param {string} client.name - its name
 * @param {string} client.id - its client id
 * @param {string} client.tenant - name of the tenant
 * @param {object} client.metadata - its metadata
 * @param {array|undefined} scope - scopes about to be granted
 * @param {string} audience - identifier of the API
 * @param {object} context - what surrounds the request
 * @param {object} context.webtask - the sandbox's context, with the secrets
 * @param {function} cb - function (error, accessTokenClaims)
 */
module.exports = function (client, scope, audience, context, cb) {
  var access_token = {};
  access_token.scope = scope; // keep this line: without it the token has no scopes

  // A claim's name has to be a URL of your own:
  // access_token['https://example.com/plan'] = client.metadata.plan;

  // One scope more:
  // access_token.scope.push('read:reports');

  // Refuse the token:
  // return cb(new InvalidScopeError('This scope is not for you.'));
  // return cb(new InvalidRequestError('The request lacks something.'));
  // return cb(new ServerError('Something went wrong here.'));

  cb(null, access_token);
};
