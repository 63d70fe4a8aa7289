const bcrypt = require('bcryptjs');
module.exports = async () => { const hash = bcrypt.hashSync('secret', 4); return [bcrypt.compareSync('secret', hash), await bcrypt.compare('wrong', hash), bcrypt.getRounds(hash), bcrypt.hashSync('x', '$2a$04$abcdefghijklmnopqrstuu'), await bcrypt.compare('secret', await bcrypt.hash('secret', 4))]; };
