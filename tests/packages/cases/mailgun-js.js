const mailgun = require('mailgun-js')({ apiKey: 'key-1', domain: 'mg.example.com' });
module.exports = () => new Promise((resolve) => mailgun.messages().send({ from: 'a@example.com', to: 'b@example.com', subject: 'Hi', text: 'there' }, (error, body) => resolve(error ? String(error) : body)));
