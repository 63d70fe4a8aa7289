// `stream/promises`: `pipeline` and `finished` as promises.
const { validateBoolean, validateObject } = require('internal/validators');

function pipeline(...parts) {
  return new Promise((resolve, reject) => {
    let options;
    const last = parts[parts.length - 1];
    const kinds = require('internal/streams/kinds');
    if (last && typeof last === 'object' && !kinds.isNode(last) && !kinds.isIterable(last)
      && !kinds.isWebReadable(last) && !kinds.isWebWritable(last) && !kinds.isWebTransform(last)) {
      options = parts.pop();
    }
    require('internal/streams/pipeline').run(parts, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, options);
  });
}

function finished(stream, options) {
  let cleanup = false;
  if (options !== null && options !== undefined) validateObject(options, 'options');
  if (options && options.cleanup) {
    validateBoolean(options.cleanup, 'cleanup');
    cleanup = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const clean = require('internal/streams/finished')(stream, options ?? {}, (error) => {
      if (cleanup) clean();
      if (error) reject(error);
      else resolve();
    });
  });
}

module.exports = { finished, pipeline };
