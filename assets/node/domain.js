// Node's `domain`, long deprecated: an emitter that runs what it is given and takes what that throws.
const EventEmitter = require('events');
class Domain extends EventEmitter {
  members = [];
  add(emitter) { this.members.push(emitter); }
  remove(emitter) { this.members = this.members.filter((one) => one !== emitter); }
  run(work, ...args) { return this.bind(work)(...args); }
  bind(work) {
    const domain = this;
    return function (...args) {
      try {
        return Reflect.apply(work, this, args);
      } catch (error) {
        if (!domain.emit('error', error)) throw error;
        return undefined;
      }
    };
  }
  intercept(work) {
    return this.bind((error, ...args) => (error instanceof Error ? this.emit('error', error) : work(...args)));
  }
  enter() {}
  exit() {}
  dispose() {}
}
const create = () => new Domain();
module.exports = { Domain, create, createDomain: create, active: null };
