const mixpanel = require('mixpanel').init('token');
module.exports = () => new Promise((resolve) => mixpanel.track('signup', { distinct_id: 'u', time: 1, $insert_id: 'i' }, (error) => resolve(String(error))));
