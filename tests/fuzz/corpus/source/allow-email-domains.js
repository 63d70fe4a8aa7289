// Only people with an e-mail address of these domains may register.
module.exports = function (user, context, cb) {
  const allowed = ['example.com', 'example.org'];
  const domain = user.email.split('@').pop().toLowerCase();

  if (!allowed.includes(domain)) {
    console.log('refused a registration from', domain);
    return cb('Registration is not open to e-mail addresses of ' + domain + '.');
  }

  return cb(null, { user });
};
