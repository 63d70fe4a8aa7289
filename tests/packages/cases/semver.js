const semver = require('semver');
module.exports = async () => [semver.valid('v1.2.3'), semver.satisfies('1.2.3', '1.x || >=2.5.0 || 5.0.0 - 7.2.3'), semver.gt('1.2.3', '9.8.7'), semver.minVersion('>=1.0.0').version, semver.coerce('v2').version, semver.inc('1.2.3', 'prerelease', 'beta'), semver.sort(['1.10.0', '1.9.0'])];
