// What the packages do that Hookbench has stand-ins for. `stand_ins.txt` holds what this printed in node 20 with
// axios 1.21.1, request 2.88.2, node-fetch 2.7.0, slack-notify 2.0.7 and @slack/webhook 8.0.2 against `server.rs`.
const kept = ['accept', 'content-type', 'authorization', 'content-length', 'referer', 'x-one', 'x-two', 'cookie'];
// The request as the server saw it, without what says who sends it.
const seen = (value) => {
  const call = typeof value === 'string' ? JSON.parse(value) : value;
  const headers = call.headers.map(([name, text]) => [name.toLowerCase(), text.replace(/\d{2,5}(?=\/)|boundary=\S+/, 'N')]).filter(([name]) => kept.includes(name)).sort();
  return { ...call, headers, body: call.body.replace(/-{4,}\S+/g, '--B') };
};
const failure = (error) => [error.name, error.message, error.code, error.status, error.response && error.response.status];
const attempt = (promise) => promise.then((value) => value, failure);

const axios = require('axios');
const echo = (promise) => promise.then((response) => seen(response.data));
test('axios get with params', () => echo(axios.get(`${BASE}/echo`, { params: { a: 1, b: [1, 2], c: null, d: { e: 1 }, f: new Date(0), g: 'x y&' }, headers: { 'X-One': '1' } })));
test('axios post object', () => echo(axios.post(`${BASE}/echo`, { a: 1 })));
test('axios post text', () => echo(axios.post(`${BASE}/echo`, 'a=1')));
test('axios post form', () => echo(axios.post(`${BASE}/echo`, new URLSearchParams({ a: '1' }))));
test('axios post object as form', () => echo(axios.post(`${BASE}/echo`, { a: 1, b: [1, 2] }, { headers: { 'content-type': 'application/x-www-form-urlencoded' } })));
test('axios post bytes', () => echo(axios.post(`${BASE}/echo`, Buffer.from('bytes'))));
test('axios put nothing', () => echo(axios.put(`${BASE}/echo`)));
test('axios delete', () => echo(axios.delete(`${BASE}/echo`)));
test('axios delete with data', () => echo(axios.delete(`${BASE}/echo`, { data: { a: 1 } })));
test('axios called', () => echo(axios({ url: `${BASE}/echo`, method: 'PATCH', data: { a: 1 } })));
test('axios called with a URL', () => echo(axios(`${BASE}/echo`)));
test('axios auth', () => echo(axios.get(`${BASE}/echo`, { auth: { username: 'u', password: 'p' } })));
test('axios bearer', () => echo(axios.get(`${BASE}/echo`, { headers: { Authorization: 'Bearer x' } })));
test('axios instance', () => {
  const api = axios.create({ baseURL: `${BASE}/`, headers: { 'X-Two': '2' }, params: { p: 1 } });
  api.defaults.headers.common['X-One'] = 'one';
  return echo(api.post('/echo', { a: 1 }, { params: { q: 2 } }));
});
test('axios interceptors', async () => {
  const log = [];
  const api = axios.create();
  api.interceptors.request.use((config) => { log.push('first'); config.headers['X-One'] = 'set'; return config; });
  api.interceptors.request.use((config) => { log.push('second'); return config; });
  api.interceptors.response.use((response) => { log.push(`in ${response.status}`); return response; });
  const dropped = api.interceptors.response.use(() => { log.push('never'); });
  api.interceptors.response.eject(dropped);
  return [seen((await api.get(`${BASE}/echo`)).data), log];
});
test('axios response', async () => {
  const r = await axios.get(`${BASE}/json`);
  return [r.status, r.statusText, r.data, r.headers['content-type'], r.headers.get('Content-Type'), r.config.method, typeof r.request, r.config.url.endsWith('/json')];
});
test('axios response types', async () => [
  typeof (await axios.get(`${BASE}/json`, { responseType: 'text' })).data, Buffer.isBuffer((await axios.get(`${BASE}/json`, { responseType: 'arraybuffer' })).data),
  (await axios.get(`${BASE}/head`)).data, (await axios.get(`${BASE}/json`, { transformResponse: (data) => data.length })).data,
]);
test('axios errors', async () => [
  await attempt(axios.get(`${BASE}/status/404`)), await attempt(axios.get(`${BASE}/status/500`)), await attempt(axios.get(`${BASE}/slow`, { timeout: 50 })),
  await attempt(axios.get(`${BASE}/redirect/302?to=/json`, { maxRedirects: 0 })), await attempt(axios.get('http://127.0.0.1:2/').catch((error) => { throw Object.assign(new Error(error.message), { code: error.code }); })),
]);
test('axios validateStatus', async () => (await axios.get(`${BASE}/status/404`, { validateStatus: () => true })).status);
test('axios isAxiosError', async () => { try { await axios.get(`${BASE}/status/404`); } catch (error) { return [axios.isAxiosError(error), axios.isAxiosError(new Error('x')), error instanceof axios.AxiosError, error.response.data, error.config.method, error.toJSON().status]; } });
test('axios cancelled', async () => {
  const controller = new AbortController();
  const source = axios.CancelToken.source();
  setTimeout(() => { controller.abort(); source.cancel('mine'); }, 50);
  return [await attempt(axios.get(`${BASE}/slow`, { signal: controller.signal })), await axios.get(`${BASE}/slow`, { cancelToken: source.token }).catch((error) => [axios.isCancel(error), error.message])];
});
test('axios redirects', async () => [seen((await axios.post(`${BASE}/redirect/302?to=/echo`, { a: 1 })).data), seen((await axios.post(`${BASE}/redirect/307?to=/echo`, { a: 1 })).data)]);
test('axios all', async () => axios.all([axios.get(`${BASE}/json`), axios.get(`${BASE}/head`)]).then(axios.spread((a, b) => [a.status, b.data])));
test('axios uri', () => axios.getUri({ url: '/x', params: { a: [1, 2], b: 'c d' } }));

const request = require('request');
const ask = (...args) => new Promise((resolve) => request(...args, (error, response, body) => resolve(error ? [error.message, error.code] : [response.statusCode, body])));
const asked = async (...args) => seen((await ask(...args))[1]);
test('request get', () => asked(`${BASE}/echo`));
test('request json', () => asked({ url: `${BASE}/echo`, method: 'POST', json: { a: 1 } }));
test('request json with a body', () => asked({ uri: `${BASE}/echo`, method: 'POST', json: true, body: { a: 1 } }));
test('request form', () => asked({ url: `${BASE}/echo`, method: 'POST', form: { a: 1, b: 'x y', c: [1, 2] } }));
test('request qs', () => asked({ url: `${BASE}/echo?z=0`, qs: { a: 1, b: [1, 2] }, json: true }));
test('request body and auth', () => asked({ url: `${BASE}/echo`, method: 'PUT', body: 'text', headers: { 'X-One': '1' }, auth: { user: 'u', pass: 'p' } }));
test('request bearer', () => asked({ url: `${BASE}/echo`, method: 'DELETE', auth: { bearer: 'tok' } }));
test('request methods', async () => Promise.all(['get', 'post', 'put', 'patch', 'del'].map((name) => new Promise((resolve) => request[name](`${BASE}/echo`, (error, response, body) => resolve(JSON.parse(body).method))))));
test('request with options second', async () => seen((await new Promise((resolve) => request.post(`${BASE}/echo`, { form: { a: 1 } }, (error, response, body) => resolve(body))))));
test('request defaults', async () => {
  const api = request.defaults({ headers: { 'X-One': '1' }, json: true, baseUrl: BASE });
  return seen(await new Promise((resolve) => api.get({ uri: '/echo', headers: { 'X-Two': '2' } }, (error, response, body) => resolve(body))));
});
test('request redirects', async () => [await asked(`${BASE}/redirect/302?to=/echo`).then(({ method, url }) => [method, url]), await ask({ url: `${BASE}/redirect/302?to=/echo`, followRedirect: false }),
  await ask({ url: `${BASE}/redirect/302?to=/echo`, method: 'POST', body: 'x' }), await asked({ url: `${BASE}/redirect/302?to=/echo`, method: 'POST', body: 'x', followAllRedirects: true }).then(({ method, body }) => [method, body])]);
test('request failures', async () => [await ask('http://127.0.0.1:2/'), await ask({ url: `${BASE}/slow`, timeout: 50 }).then(([message, code]) => code), await ask({ url: 'x' })]);
test('request answers', async () => [await ask(`${BASE}/json`), await ask({ url: `${BASE}/json`, json: true }), Buffer.isBuffer((await ask({ url: `${BASE}/json`, encoding: null }))[1]), await ask(`${BASE}/status/500`)]);
test('request events', () => new Promise((resolve) => {
  const log = [];
  request(`${BASE}/json`).on('response', (response) => log.push(`response ${response.statusCode}`)).on('data', (chunk) => log.push(String(chunk))).on('end', () => log.push('end')).on('complete', () => resolve(log));
}));

const fetched = require('node-fetch');
const heard = async (...args) => seen(await (await fetched(...args)).text());
test('node-fetch get', () => heard(`${BASE}/echo`, { headers: { 'X-One': '1' } }));
test('node-fetch post', () => heard(`${BASE}/echo`, { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } }));
test('node-fetch text', () => heard(`${BASE}/echo`, { method: 'POST', body: 'x' }));
test('node-fetch form', () => heard(`${BASE}/echo`, { method: 'POST', body: new URLSearchParams('a=1') }));
test('node-fetch answers', async () => {
  const r = await fetched(`${BASE}/json`);
  const bytes = await (await fetched(`${BASE}/json`)).buffer();
  return [r.status, r.ok, r.headers.get('content-type'), r.headers.raw()['content-type'], await r.json(), Buffer.isBuffer(bytes), bytes.length];
});
test('node-fetch failures', async () => Promise.all(['http://127.0.0.1:2/', '/x'].map((url) => fetched(url).catch((error) => [error.name, error.message, error.type, error.code]))));
test('node-fetch bad JSON', () => fetched(`${BASE}/head`).then((r) => r.json()).catch((error) => [error.name, error.type]));
test('node-fetch shape', () => [typeof fetched.default, typeof fetched.Headers, typeof fetched.Request, typeof fetched.Response, typeof fetched.FetchError, fetched.isRedirect(302)]);

const notify = require('slack-notify');
const told = (work) => work.then(() => 'fine', (reason) => { const call = seen(reason); return [call.method, JSON.parse(call.body)]; });
test('slack-notify send', () => told(notify(`${BASE}/echo`).send({ channel: '#c', text: 't', username: 'u', icon_emoji: ':x:' })));
test('slack-notify fields', () => told(notify(`${BASE}/echo`).success({ text: 't', fields: { Short: 'a', Long: 'x'.repeat(30) } })));
test('slack-notify kinds', () => Promise.all(['success', 'bug', 'alert'].map((name) => told(notify(`${BASE}/echo`)[name]('text')))));
test('slack-notify extend', () => told(notify(`${BASE}/echo`).extend({ channel: '#mine' })({ text: 'x', icon_url: 'http://i' })));
test('slack-notify without URL', () => notify().send('x').catch((reason) => reason));

const { IncomingWebhook } = require('@slack/webhook');
test('webhook send', async () => seen((await new IncomingWebhook(`${BASE}/echo`, { channel: '#c' }).send({ text: 't' })).text).body);
test('webhook text', async () => seen((await new IncomingWebhook(`${BASE}/echo`).send('t')).text).body);
test('webhook errors', async () => [await new IncomingWebhook(`${BASE}/status/404`).send('t').catch((error) => [error.message, error.code]), await new IncomingWebhook('http://127.0.0.1:2/').send('t').catch((error) => error.code)]);
test('webhook without URL', () => new IncomingWebhook());
