const { IncomingWebhook } = require('@slack/webhook');
module.exports = async () => {
  const webhook = new IncomingWebhook('https://hooks.slack.com/services/T0/B0/xyz', { username: 'bot' });
  return [await webhook.send({ text: 'New User: a@example.com', channel: '#some_channel' }), await webhook.send('text')];
};
