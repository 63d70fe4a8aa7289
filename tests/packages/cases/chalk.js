const chalk = require('chalk');
module.exports = async () => { const c = new chalk.Instance({ level: 1 }); return [c.red('x'), c.bold.bgBlue`a ${1}`, c.hex('#ff0000')('y'), new chalk.Instance({ level: 0 }).green('z')]; };
