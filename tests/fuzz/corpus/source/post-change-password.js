/**
 * Runs after a password was changed. Auth0 does not wait for it and ignores the answer.
 *
 * @param {object} user - the person whose password changed
 * @param {string} user.id - the user's id
 * @param {string} user.username - user name
 * @param {string} user.email - e-mail address
 * @param {string} user.last_password_reset - when the password changed
 * @param {object} context - where the change came from
 * @param {object} context.connection - the connection
 * @param {string} context.connection.id - its id
 * @param {string} context.connection.name - its name
 * @param {string} context.connection.tenant - its tenant
 * @param {object} context.webtask - the sandbox's context, with the secrets
 * @param {function} cb - function (error)
 */
module.exports = function (user, context, cb) {
  // Tell the person or another system that the password changed here.
  cb();
};
