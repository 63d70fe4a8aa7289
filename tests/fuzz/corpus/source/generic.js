/**
 * A hook without an extensibility point of its own.
 *
 * @param {object} context - the sandbox's context
 * @param {object} context.body - the payload
 * @param {object} context.secrets - the hook's secrets
 * @param {function} cb - function (error, response)
 */
module.exports = function (context, cb) {
  cb(null, context.body);
};
