// Notes who changed a password and when.
module.exports = function (user, context, cb) {
  const at = new Date(user.last_password_reset);

  if (Number.isNaN(at.getTime())) {
    return cb(new Error('last_password_reset is no date: ' + user.last_password_reset));
  }

  console.log('Password of', user.email, 'changed at', at.toISOString(), 'in', context.connection.name);
  cb();
};
