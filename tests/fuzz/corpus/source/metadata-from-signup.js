// What is known at signup decides which plan the new user gets.
module.exports = function (user, context, cb) {
  var domain = user.email.split('@').pop().toLowerCase();
  var request = context.request || {};

  cb(null, {
    user: {
      user_metadata: Object.assign({}, user.user_metadata, {
        language: request.language || context.requestLanguage || 'en'
      }),
      app_metadata: Object.assign({}, user.app_metadata, {
        plan: domain === 'foo.com' ? 'partner' : 'trial',
        signed_up_with: context.connection.name
      })
    }
  });
};
