module.exports = function (user, context, cb) {
  // Whitelisted domains
  const whitelist = [
    'example.com'
  ];

  const userHasAccess = whitelist.some(domain => {
    const emailSplit = user.email.split('@');
    return emailSplit[emailSplit.length - 1].toLowerCase() === domain;
  });

  if (!userHasAccess) {
    return cb('You may not sign up with an email address using your current domain.');
  }

  const response = { user };
  return cb(null, response);
};
