// Node's `diagnostics_channel`: named channels, and the tracing of calls over five of them.
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const channels = new Map();

class Channel {
  _subscribers = [];
  _stores = new Map();
  constructor(name) { this.name = name; }
  get hasSubscribers() { return this._subscribers.length > 0 || this._stores.size > 0; }
  subscribe(subscriber) {
    validateFunction(subscriber, 'subscription');
    this._subscribers = [...this._subscribers, subscriber];
  }
  unsubscribe(subscriber) {
    const at = this._subscribers.indexOf(subscriber);
    if (at < 0) return false;
    this._subscribers = this._subscribers.filter((_, index) => index !== at);
    return true;
  }
  bindStore(store, transform) { this._stores.set(store, transform); }
  unbindStore(store) { return this._stores.delete(store); }
  publish(message) {
    for (const subscriber of this._subscribers) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        process.nextTick(() => { throw error; });
      }
    }
  }
  runStores(message, work, self, ...args) {
    let run = () => {
      this.publish(message);
      return Reflect.apply(work, self, args);
    };
    for (const [store, transform] of this._stores) {
      const inner = run;
      run = () => {
        let context = message;
        if (transform) {
          try {
            context = transform(message);
          } catch (error) {
            process.nextTick(() => { throw error; });
            return inner();
          }
        }
        return store.run(context, inner);
      };
    }
    return run();
  }
}

function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') throw new ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
class TracingChannel {
  constructor(source) {
    for (const event of EVENTS) this[event] = typeof source === 'string' ? channel(`tracing:${source}:${event}`) : source[event];
  }
  get hasSubscribers() { return EVENTS.some((event) => this[event].hasSubscribers); }
  subscribe(handlers) { for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]); }
  unsubscribe(handlers) {
    return EVENTS.filter((event) => handlers[event]).map((event) => this[event].unsubscribe(handlers[event])).every(Boolean);
  }
  traceSync(work, context = {}, self, ...args) {
    return this.start.runStores(context, () => {
      try {
        return (context.result = Reflect.apply(work, self, args));
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
  tracePromise(work, context = {}, self, ...args) {
    const settled = (key, after) => (value) => {
      context[key] = value;
      if (key === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
      return after(value);
    };
    return this.start.runStores(context, () => {
      try {
        return Promise.resolve(Reflect.apply(work, self, args))
          .then(settled('result', (value) => value), settled('error', (error) => Promise.reject(error)));
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
  traceCallback(work, position = -1, context = {}, self, ...args) {
    const callback = args.at(position);
    validateFunction(callback, 'callback');
    const { asyncStart, asyncEnd, error: failed } = this;
    args.splice(position, 1, function (error, result) {
      if (error) {
        context.error = error;
        failed.publish(context);
      } else context.result = result;
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, [error, result]);
        } finally {
          asyncEnd.publish(context);
        }
      });
    });
    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(work, self, args);
      } catch (error) {
        context.error = error;
        failed.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

module.exports = {
  channel, Channel,
  hasSubscribers: (name) => channels.has(name) && channels.get(name).hasSubscribers,
  subscribe: (name, subscriber) => channel(name).subscribe(subscriber),
  unsubscribe: (name, subscriber) => channel(name).unsubscribe(subscriber),
  tracingChannel: (source) => new TracingChannel(source),
};
