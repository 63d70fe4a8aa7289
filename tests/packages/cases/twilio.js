const twilio = require('twilio');
module.exports = async () => {
  const client = twilio('AC00000000000000000000000000000001', 'token');
  const message = await client.messages.create({ to: '+15551234567', from: '+15557654321', body: 'Hello' });
  return [message.sid, message.status, message.to, twilio.validateRequest('token', 'sig', 'https://x.example/', {})];
};
