const axios = require('axios');
module.exports = async () => {
  const got = await axios.get('https://api.example.com/json', { params: { q: 'a b', list: [1, 2] }, headers: { 'X-Mine': 'yes' } });
  const posted = await axios.post('https://api.example.com/json', { email: 'a@example.com' }, { auth: { username: 'u', password: 'p' } });
  const form = await axios.post('https://api.example.com/json', new URLSearchParams({ a: '1', b: 'ä' }));
  const moved = await axios.get('https://api.example.com/moved');
  const failed = await axios.get('https://api.example.com/missing/1').catch((error) => [error.name, error.code, error.message, error.response.status, error.response.data, axios.isAxiosError(error)]);
  const api = axios.create({ baseURL: 'https://api.example.com', timeout: 5000 });
  api.interceptors.request.use((config) => { config.headers['X-Late'] = '1'; return config; });
  api.interceptors.response.use((response) => response.data);
  return [got.status, got.data, got.headers['x-extra'], posted.status, posted.data, form.data, moved.data, failed, await api('/text'), axios.VERSION];
};
