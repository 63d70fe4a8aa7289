// Stands in for `slack-notify` while it is not installed: messages for one of Slack's incoming webhooks.
const { exchange } = require('internal/http/exchange');

// A message in the webhook's form: named fields become an attachment.
function messageOf(options) {
  const message = { ...options };
  if (options.fields) {
    const fields = Object.entries(options.fields).map(([title, value]) => ({ title, value, short: String(value).length < 25 }));
    message.attachments = [...(options.attachments || []), { fallback: 'Alert details', fields }];
    delete message.fields;
  }
  if (options.icon_url && !options.icon_emoji) delete message.icon_emoji;
  return message;
}

module.exports = function slackNotify(url) {
  const slack = {
    onError: undefined,

    // Told both ways: by callback, and by a promise that nobody has to wait for.
    request(message, done) {
      const result = new Promise((resolve, reject) => {
        if (!url) {
          reject('No Slack URL configured.');
          return;
        }
        const call = { method: 'POST', url: String(url), headers: [['Transfer-Encoding', 'chunked']], body: Buffer.from(JSON.stringify(message)) };
        exchange(call, { redirects: 0, follow: () => null }, (error, response) => {
          if (error) {
            reject(error);
            return;
          }
          const text = response.body.toString();
          if (text === 'ok') {
            resolve();
          } else {
            let reason = text;
            try {
              if (response.headers['content-type'] === 'application/json') reason = JSON.parse(text);
            } catch {
              // Not what it says it is: the text will do.
            }
            reject(reason);
          }
        });
      });
      result.then(
        () => { if (typeof done === 'function') done(); },
        (reason) => {
          const error = reason instanceof Error ? reason : new Error(typeof reason === 'string' ? reason : JSON.stringify(reason));
          if (typeof slack.onError === 'function') slack.onError(error);
          if (typeof done === 'function') done(error);
        },
      );
      return result;
    },

    send(options, done) {
      return slack.request(messageOf(typeof options === 'string' ? { text: options } : options), done);
    },

    extend: (defaults) => (options, done) =>
      slack.send({ ...defaults, ...(typeof options === 'string' ? { text: options } : options) }, done),
  };
  slack.success = slack.extend({ channel: '#alerts', icon_emoji: ':trophy:', username: 'Success' });
  slack.bug = slack.extend({ channel: '#bugs', icon_emoji: ':bomb:', username: 'Bug' });
  slack.alert = slack.extend({ channel: '#alerts', icon_emoji: ':warning:', username: 'Alert' });
  slack.note = slack.extend({ channel: '#alerts', icon_emoji: ':bulb:', username: 'Note' });
  return slack;
};
