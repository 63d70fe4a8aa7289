/**
 * Runs before a person is registered. Auth0 waits for the answer.
 *
 * @param {object} user - the person about to be registered
 * @param {string} user.tenant - name of the tenant
 * @param {string} user.username - user name
 * @param {string} user.password - password as typed; never log it
 * @param {string} user.email - e-mail address
 * @param {boolean} user.emailVerified - whether the e-mail address is confirmed
 * @param {string} user.phoneNumber - phone number
 * @param {boolean} user.phoneNumberVerified - whether the phone number is confirmed
 * @param {object} user.user_metadata - metadata the person may change
 * @param {object} user.app_metadata - metadata only the application may change
 * @param {object} context - where the registration comes from
 * @param {string} context.renderLanguage - language of the signup pages
 * @param {string} context.request.ip - address the request came from
 * @param {string} context.request.language - language of the browser
 * @param {object} context.connection - the connection
 * @param {string} context.connection.id - its id
 * @param {string} context.connection.name - its name
 * @param {string} context.connection.tenant - its tenant
 * @param {object} context.webtask - the sandbox's context, with the secrets
 * @param {function} cb - function (error, response)
 */
module.exports = function (user, context, cb) {
  var response = {};

  // Metadata given here is stored with the new user:
  // response.user = {
  //   user_metadata: { foo: 'bar' },
  //   app_metadata: { vip: true, score: 7 }
  // };

  response.user = user;

  cb(null, response);
};
