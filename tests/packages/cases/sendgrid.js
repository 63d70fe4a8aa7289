const mail = require('@sendgrid/mail');
module.exports = async () => {
  mail.setApiKey('SG.key');
  const [response] = await mail.send({ to: 'a@example.com', from: { email: 'b@example.com', name: 'B' }, subject: 'Hi', text: 'there', html: '<b>there</b>' });
  return [response.statusCode, response.headers['x-message-id']];
};
