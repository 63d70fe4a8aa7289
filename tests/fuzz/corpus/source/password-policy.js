// A password must not contain the name or the e-mail address of its owner.
module.exports = function (user, context, cb) {
  const password = user.password.toLowerCase();
  const parts = [user.username, user.email.split('@')[0]].filter(Boolean);

  if (parts.some(part => password.includes(part.toLowerCase()))) {
    return cb(new PreUserRegistrationError(
      'Password contains the user name',
      'Please choose a password without your name in it.'
    ));
  }

  cb(null, { user: {} });
};
