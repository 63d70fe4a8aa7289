const moment = require('moment');
module.exports = async () => [
  moment.utc(0).format(), moment.utc('2026-11-27T09:05:03.007Z').format('dddd, MMMM Do YYYY, h:mm:ss a [x] SSS Q ww E'), moment.utc('27/11/2026', 'DD/MM/YYYY', true).isValid(), moment.utc('2026-02-30').isValid(),
  moment.utc('2026-01-31').add(1, 'month').toISOString(), moment.utc('2026-11-27').diff(moment.utc('2025-11-27'), 'days'), moment.utc('2026-11-27').from(moment.utc('2026-11-20')), moment.duration(3661, 'seconds').humanize(), moment.duration('PT1H5M').asMinutes(),
  moment.utc('2026-11-27').startOf('week').format('YYYY-MM-DD'), moment.utc('2026-11-27').calendar(moment.utc('2026-11-26')), moment.locale(), moment.weekdays(), moment.unix(1e9).utc().toJSON(), moment.version,
];
