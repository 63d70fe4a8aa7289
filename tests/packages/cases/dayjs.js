const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/relativeTime'));
dayjs.extend(require('dayjs/plugin/customParseFormat'));
module.exports = async () => [dayjs.utc(0).format(), dayjs.utc('2026-11-27T09:05:03Z').format('dddd, MMMM D YYYY h:mm A'), dayjs.utc('27.11.2026', 'DD.MM.YYYY').toISOString(), dayjs.utc('2026-01-31').add(1, 'month').toISOString(), dayjs.utc('2026-11-20').from(dayjs.utc('2026-11-27')), dayjs.utc('x').isValid()];
