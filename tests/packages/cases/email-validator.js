const v = require('email-validator');
module.exports = async () => ['a@example.com', 'a@b', '@x.com', 'a.b+c@d-e.co'].map((address) => v.validate(address));
