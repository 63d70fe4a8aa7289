// The newest version, as the documents use the old one.
const slack = require('slack-notify')('https://hooks.slack.com/services/T0/B0/xyz');
module.exports = async () => {
  await slack.success({ text: 'New User: user1', channel: '#some_channel' });
  await slack.alert({ text: 'Watch out', fields: { CPU: '99%', Memory: 'low' } });
  await slack.send('plain');
  return Object.keys(slack).sort();
};
