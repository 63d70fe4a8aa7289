/**
 * Runs after a person was registered. Auth0 does not wait for it and ignores the answer.
 *
 * @param {object} user - the person just registered
 * @param {string} user.id - id without the "auth0|" in front
 * @param {string} user.tenant - name of the tenant
 * @param {string} user.username - user name
 * @param {string} user.email - e-mail address
 * @param {boolean} user.emailVerified - whether the e-mail address is confirmed
 * @param {string} user.phoneNumber - phone number
 * @param {boolean} user.phoneNumberVerified - whether the phone number is confirmed
 * @param {object} user.user_metadata - metadata the person may change
 * @param {object} user.app_metadata - metadata only the application may change
 * @param {object} context - where the registration came from
 * @param {string} context.requestLanguage - language of the browser
 * @param {object} context.connection - the connection
 * @param {string} context.connection.id - its id
 * @param {string} context.connection.name - its name
 * @param {string} context.connection.tenant - its tenant
 * @param {object} context.webtask - the sandbox's context, with the secrets
 * @param {function} cb - function (error)
 */
module.exports = function (user, context, cb) {
  // Tell another system about the new user here, such as a chat channel or a CRM.
  cb();
};
