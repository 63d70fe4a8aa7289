const Analytics = require('analytics-node');
module.exports = async () => {
  const analytics = new Analytics('key', { enable: false });
  const refused = [{}, { userId: 'u' }].map((message) => { try { analytics.track(message); return 'taken'; } catch (error) { return error.message; } });
  return [refused, analytics.identify({ userId: 'u' }) === analytics, analytics.host, analytics.flushAt];
};
