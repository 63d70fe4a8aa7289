const slack = require('slack-notify-old')('https://hooks.slack.com/services/T0/B0/xyz');
module.exports = () => new Promise((resolve, reject) => {
  slack.onError = reject;
  slack.success({ text: 'New User: user1 (a@example.com)', channel: '#some_channel' }, (error) => {
    if (error) reject(error);
    else slack.bug({ text: 'oops', fields: { a: 1 } }, (second) => resolve(String(second)));
  });
});
