const fetch = require('node-fetch');
module.exports = async () => {
  const got = await fetch('https://api.example.com/json?a=1');
  const posted = await fetch('https://api.example.com/json', { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json', Authorization: 'Bearer t' } });
  const form = await fetch('https://api.example.com/json', { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
  const moved = await fetch('https://api.example.com/moved');
  const missing = await fetch('https://api.example.com/missing');
  return [got.status, got.ok, await got.json(), got.headers.get('x-extra'), posted.status, await posted.text(), await form.json(), moved.url, moved.redirected, missing.ok, missing.statusText, (await (await fetch('https://api.example.com/text')).buffer()).toString('hex')];
};
