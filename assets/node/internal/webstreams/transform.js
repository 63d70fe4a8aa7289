// `TransformStream`: a writable side whose chunks come out of a readable side, changed.
const { STATE, typeError, deferred, invoke, methods, strategyOf, invalidState, enumerable } = require('internal/webstreams/shared');
const { ReadableStream } = require('internal/webstreams/readable');
const { WritableStream } = require('internal/webstreams/writable');
const { codes } = require('internal/errors');
const INTERNAL = Symbol('internal');

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    if (transformer === null || typeof transformer !== 'object') throw typeError('transformer', 'Object', transformer);
    for (const kind of ['readableType', 'writableType']) {
      if (transformer[kind] !== undefined) {
        throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`transformer.${kind}`, transformer[kind]);
      }
    }
    methods(transformer, ['start', 'transform', 'flush', 'cancel'], 'transformer');
    const readableSide = strategyOf(readableStrategy, 0);
    const writableSide = strategyOf(writableStrategy, 1);
    const begun = deferred();
    const state = { backpressure: true, change: deferred() };
    this[STATE] = state;

    const setBackpressure = (on) => {
      if (state.backpressure === on) return;
      state.change.resolve();
      state.change = deferred();
      state.backpressure = on;
    };
    const fail = (reason) => {
      state.readable[STATE].controller.error(reason);
      failWritable(reason);
    };
    const failWritable = (reason) => {
      state.work = {};
      state.writable[STATE].controller.error(reason);
      setBackpressure(false);
    };
    state.fail = fail;
    state.failWritable = failWritable;
    state.afterEnqueue = () => {
      const core = state.readable[STATE].controller[STATE];
      const full = !(core.waiting > 0 || core.desired > 0);
      if (full !== state.backpressure) setBackpressure(true);
    };
    state.work = transformer;
    const controller = new TransformStreamDefaultController(INTERNAL, this);
    const run = (chunk) => {
      const { work } = state;
      if (work.transform === undefined) {
        try {
          controller.enqueue(chunk);
          return Promise.resolve();
        } catch (error) {
          return Promise.reject(error);
        }
      }
      return invoke(work, 'transform', chunk, controller).catch((reason) => {
        fail(reason);
        throw reason;
      });
    };

    state.writable = new WritableStream({
      start: () => begun.promise,
      write(chunk) {
        if (!state.backpressure) return run(chunk);
        return state.change.promise.then(() => {
          const side = state.writable[STATE];
          if (side.phase === 'erroring') throw side.error;
          return run(chunk);
        });
      },
      close() {
        const { work } = state;
        const result = invoke(work, 'flush', controller);
        state.work = {};
        return result.then(() => {
          const side = state.readable[STATE];
          if (side.phase === 'errored') throw side.error;
          if (side.controller[STATE].open) side.controller.close();
        }, (reason) => {
          fail(reason);
          throw state.readable[STATE].error;
        });
      },
      abort(reason) {
        const { work } = state;
        return invoke(work, 'cancel', reason).then(() => {
          state.readable[STATE].controller.error(reason);
        }, (error) => {
          state.readable[STATE].controller.error(error);
          throw error;
        });
      },
    }, { highWaterMark: writableSide.mark, size: writableSide.size });

    state.readable = new ReadableStream({
      start: () => begun.promise,
      pull() {
        setBackpressure(false);
        return state.change.promise;
      },
      cancel(reason) {
        const { work } = state;
        return invoke(work, 'cancel', reason).then(() => failWritable(reason), (error) => {
          failWritable(error);
          throw error;
        });
      },
    }, { highWaterMark: readableSide.mark, size: readableSide.size });
    begun.resolve(transformer.start ? transformer.start(controller) : undefined);
  }

  get readable() { return this[STATE].readable; }
  get writable() { return this[STATE].writable; }
}
enumerable(TransformStream, ['readable', 'writable']);

class TransformStreamDefaultController {
  constructor(token, stream) {
    if (token !== INTERNAL) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[STATE] = stream[STATE];
  }

  get desiredSize() { return this[STATE].readable[STATE].controller[STATE].desired; }

  enqueue(chunk = undefined) {
    const state = this[STATE];
    const core = state.readable[STATE].controller[STATE];
    if (!core.open) throw invalidState('Unable to enqueue');
    try {
      core.enqueue(chunk);
    } catch (error) {
      state.failWritable(error);
      throw state.readable[STATE].error;
    }
    state.afterEnqueue();
  }

  error(reason = undefined) { this[STATE].fail(reason); }

  terminate() {
    const state = this[STATE];
    if (state.readable[STATE].controller[STATE].open) state.readable[STATE].controller.close();
    state.failWritable(invalidState('TransformStream terminated'));
  }
}
enumerable(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate']);

module.exports = { TransformStream, TransformStreamDefaultController };
