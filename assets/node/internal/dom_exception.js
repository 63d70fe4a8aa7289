// DOMException: the error of the web APIs, with its names and their old numbers.
const NUMBERS = {
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5,
  NoModificationAllowedError: 7, NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11,
  SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17,
  SecurityError: 18, NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23,
  InvalidNodeTypeError: 24, DataCloneError: 25,
};
const names = new WeakMap();

class DOMException extends Error {
  constructor(message = '', options = 'Error') {
    super(`${message}`);
    if (options !== null && typeof options === 'object') {
      names.set(this, 'name' in options ? `${options.name}` : 'Error');
      if ('cause' in options) {
        Object.defineProperty(this, 'cause', { value: options.cause, writable: true, enumerable: false, configurable: true });
      }
    } else names.set(this, `${options}`);
  }
  get name() { return names.get(this); }
  get code() { return NUMBERS[names.get(this)] || 0; }
}
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
Object.defineProperty(DOMException.prototype, 'name', { enumerable: true });
Object.defineProperty(DOMException.prototype, 'code', { enumerable: true });
for (const [name, number] of Object.entries(NUMBERS)) {
  const constant = {
    IndexSizeError: 'INDEX_SIZE_ERR', URLMismatchError: 'URL_MISMATCH_ERR',
  }[name] || `${name.replace(/Error$/, '').replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}_ERR`;
  for (const target of [DOMException, DOMException.prototype]) {
    Object.defineProperty(target, constant, { value: number, enumerable: true });
  }
}

module.exports = { DOMException };
