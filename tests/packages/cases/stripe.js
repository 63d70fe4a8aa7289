const stripe = require('stripe')('sk_test_1', { telemetry: false, maxNetworkRetries: 0 });
module.exports = async () => { const customer = await stripe.customers.create({ email: 'a@example.com', metadata: { auth0: 'x' } }); return [customer.id, customer.object, customer.email]; };
