// An application without the full plan gets no token that may write.
module.exports = function (client, scope, audience, context, cb) {
  const wanted = scope || [];
  const plan = (client.metadata || {}).plan;

  if (plan !== 'full' && wanted.some(name => name.startsWith('write:'))) {
    return cb(new InvalidScopeError('Writing needs the full plan; ' + client.name + ' has ' + (plan || 'none') + '.'));
  }

  cb(null, { scope: wanted });
};
