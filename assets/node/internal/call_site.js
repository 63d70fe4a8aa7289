// V8's CallSite objects, made from the lines of a stack, for those who set Error.prepareStackTrace.
const FRAME = /^\s*at (?:(async) )?(?:(.*) \()?(.*?):(\d+):(\d+)\)?$/;

class CallSite {
  #text;
  #async;
  #name;
  #file;
  #line;
  #column;

  constructor(text) {
    const [, async, name, file, line, column] = FRAME.exec(text) || [];
    this.#text = text.replace(/^\s*at /, '');
    this.#async = async !== undefined;
    this.#name = name;
    this.#file = file;
    this.#line = line === undefined ? null : Number(line);
    this.#column = column === undefined ? null : Number(column);
  }

  // `new X`, `Type.method [as alias]`: what is meant of it.
  get #bare() { return (this.#name || '').replace(/^new /, '').replace(/ \[as .*\]$/, ''); }
  get #owner() { return /^(.*)\.[^.]*$/.exec(this.#bare)?.[1]; }

  getThis() { return undefined; }
  getTypeName() { return this.#owner ?? 'Object'; }
  getFunction() { return undefined; }
  getFunctionName() {
    const name = this.#bare;
    if (name === '' || name.endsWith('<anonymous>')) return null;
    return this.#owner === undefined || this.#owner === 'Object' ? name.replace(/^Object\./, '') : name.slice(this.#owner.length + 1);
  }
  getMethodName() {
    const alias = / \[as (.*)\]$/.exec(this.#name || '')?.[1];
    return alias ?? (this.#owner === undefined ? null : this.getFunctionName());
  }
  getFileName() { return this.#file; }
  getLineNumber() { return this.#line; }
  getColumnNumber() { return this.#column; }
  getEvalOrigin() { return undefined; }
  isToplevel() { return this.#owner === undefined; }
  isEval() { return false; }
  isNative() { return false; }
  isConstructor() { return (this.#name || '').startsWith('new '); }
  isAsync() { return this.#async; }
  isPromiseAll() { return false; }
  getPromiseIndex() { return null; }
  getScriptNameOrSourceURL() { return this.#file; }
  getScriptHash() { return ''; }
  getEnclosingLineNumber() { return this.#line; }
  getEnclosingColumnNumber() { return this.#column; }
  getPosition() { return 0; }
  toString() { return this.#text; }
}

module.exports = (frames) => frames.split('\n').filter((line) => line !== '').map((line) => new CallSite(line));
