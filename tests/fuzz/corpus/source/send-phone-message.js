/**
 * Runs when a one-time code has to be sent to a phone. Auth0 waits for the answer.
 *
 * @param {string} recipient - phone number to send to
 * @param {string} text - the message
 * @param {object} context - what the message is for
 * @param {string} context.message_type - "sms" or "voice"
 * @param {string} context.action - "enrollment" or "second-factor-authentication"
 * @param {string} context.language - language of the login pages
 * @param {string} context.code - the one-time code
 * @param {string} context.ip - address the request came from
 * @param {string} context.user_agent - the visitor's user agent
 * @param {object} context.client - the application the person logs in to
 * @param {string} context.client.client_id - its client id
 * @param {string} context.client.name - its name
 * @param {object} context.client.client_metadata - its metadata
 * @param {object} context.user - the person the message is for
 * @param {string} context.user.user_id - the user's id
 * @param {string} context.user.name - the person's name
 * @param {string} context.user.email - e-mail address
 * @param {object} context.user.app_metadata - metadata only the application may change
 * @param {object} context.user.user_metadata - metadata the person may change
 * @param {object} context.webtask - the sandbox's context, with the secrets
 * @param {function} cb - function (error, response)
 */
module.exports = function (recipient, text, context, cb) {
  // Hand recipient and text to your message provider here, and call cb when it has answered.
  cb(null, {});
};
