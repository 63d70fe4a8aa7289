const ip = require('ipaddr.js');
module.exports = async () => [ip.parse('192.168.1.1').range(), ip.parse('::ffff:10.0.0.1').toIPv4Address().toString(), ip.isValid('x'), ip.parse('10.1.2.3').match(ip.parseCIDR('10.0.0.0/8')), ip.parse('2001:db8::1').toNormalizedString(), ip.process('::1').kind(), ip.subnetMatch(ip.parse('10.0.0.1'), { mine: [[ip.parse('10.0.0.0'), 8]] }, 'none')];
