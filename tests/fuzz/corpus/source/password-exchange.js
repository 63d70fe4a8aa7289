/**
 * Runs when a person's password is exchanged for an access token. No longer offered by the dashboard.
 *
 * @param {object} user - the person
 * @param {string} user.tenant - name of the tenant
 * @param {string} user.id - the user's id
 * @param {string} user.displayName - the person's name
 * @param {object} user.user_metadata - metadata the person may change
 * @param {object} user.app_metadata - metadata only the application may change
 * @param {object} client - the application
 * @param {string} client.tenant - name of the tenant
 * @param {string} client.id - its client id
 * @param {string} client.name - its name
 * @param {object} client.metadata - its metadata
 * @param {array|undefined} scope - scopes about to be granted
 * @param {string} audience - identifier of the API
 * @param {object} context - what surrounds the request
 * @param {object} context.webtask - the sandbox's context, with the secrets
 * @param {function} cb - function (error, accessTokenClaims)
 */
module.exports = function (user, client, scope, audience, context, cb) {
  var access_token = {};
  access_token.scope = scope; // keep this line: without it the token has no scopes

  cb(null, access_token);
};
