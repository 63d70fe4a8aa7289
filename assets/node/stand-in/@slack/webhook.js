// Stands in for `@slack/webhook` while it is not installed.
const { exchange } = require('internal/http/exchange');

const ErrorCode = { RequestError: 'slack_webhook_request_error', HTTPError: 'slack_webhook_http_error' };

function requestError(original) {
  const error = new Error(`A request error occurred: ${original.message}`);
  return Object.assign(error, { code: ErrorCode.RequestError, original });
}

function httpError(response) {
  const error = new Error(`An HTTP protocol error occurred: statusCode = ${response.status}`);
  const original = new Error(`Request failed with status code ${response.status}`);
  original.response = { status: response.status, statusText: response.statusText, headers: response.headers, data: response.body.toString() };
  return Object.assign(error, {
    code: ErrorCode.HTTPError, original, statusCode: response.status, statusMessage: response.statusText, body: response.body.toString(),
  });
}

class IncomingWebhook {
  constructor(url, defaults = {}) {
    if (url === undefined) throw new Error('Incoming webhook URL is required');
    const { agent, timeout, fetch, retryConfig, ...message } = defaults;
    this.url = url;
    this.defaults = message;
    Object.defineProperty(this, 'timeout', { value: timeout || 0, writable: true });
  }

  send(message) {
    const payload = { ...this.defaults, ...(typeof message === 'string' ? { text: message } : message) };
    const body = Buffer.from(JSON.stringify(payload));
    const headers = [['Accept', 'application/json, text/plain, */*'], ['Content-Type', 'application/json'],
      ['User-Agent', '@slack:webhook/7.0.0 node/20.20.2'], ['Content-Length', String(body.length)]];
    return new Promise((resolve, reject) => {
      let timer;
      const call = exchange({ method: 'POST', url: String(this.url), headers, body }, { redirects: 0, follow: () => null, unpack: true }, (error, response) => {
        clearTimeout(timer);
        if (error) reject(requestError(error));
        else if (response.status < 200 || response.status > 299) reject(httpError(response));
        else resolve({ text: response.body.toString() });
      });
      if (this.timeout > 0) {
        timer = setTimeout(() => {
          call.cancel();
          reject(requestError(new Error(`timeout of ${this.timeout}ms exceeded`)));
        }, this.timeout);
      }
    });
  }
}

module.exports = { IncomingWebhook, ErrorCode };
