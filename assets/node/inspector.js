// Node's `inspector`: nothing to attach to.
const EventEmitter = require('events');
const { refusing } = require('internal/refusal');
const WHAT = 'Hookbench has no inspector';
class Session extends EventEmitter {
  connect() { refusing('inspector.Session.connect', WHAT, 'Inspector')(); }
  disconnect() {}
  post(method, params, callback) { refusing('inspector.Session.post', WHAT, 'Inspector')(typeof params === 'function' ? params : callback); }
}
const refuse = refusing('inspector.open', WHAT, 'Inspector');
module.exports = { Session, open: () => refuse(), close() {}, url: () => undefined, waitForDebugger: () => refuse(), console };
