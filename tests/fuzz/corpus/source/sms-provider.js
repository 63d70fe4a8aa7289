// Sends through a made-up provider that lives in this file, so that it runs offline.
const provider = {
  send(message, done) {
    setTimeout(() => {
      if (!/^[+0-9-]+$/.test(message.to)) {
        return done(new Error('not a phone number: ' + message.to));
      }
      done(null, { id: 'message-' + message.to.length + '-' + message.body.length });
    }, 20);
  }
};

module.exports = function (recipient, text, context, cb) {
  if (context.message_type === 'voice') {
    return cb(new SendPhoneMessageError('The provider has no voice calls', 'Calls are not available. Choose a text message.'));
  }

  provider.send({ to: recipient, body: text }, (error, receipt) => {
    if (error) {
      return cb(new SendPhoneMessageError(error.message));
    }
    cb(null, { MessageID: receipt.id });
  });
};
