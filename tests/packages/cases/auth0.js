const { ManagementClient, AuthenticationClient } = require('auth0');
module.exports = async () => {
  const management = new ManagementClient({ domain: 'my.auth0.com', clientId: 'c', clientSecret: 's', scope: 'read:users' });
  const user = await management.getUser({ id: 'auth0|1' });
  const updated = await management.updateAppMetadata({ id: 'auth0|1' }, { plan: 'gold' });
  return [user, updated, Object.keys(AuthenticationClient.prototype).length];
};
