// The `api` object that an Action is called with, one shape for each trigger. What a method is given is checked here
// with the platform's own words; `record` notes each call that passes, `bytes` counts UTF-8.
(function () {
  'use strict';
  const { isArray } = Array;
  const { isFinite, isSafeInteger } = Number;
  const { floor, min } = Math;
  const stringify = JSON.stringify;
  const now = Date.now;
  const USER_ID = /^[a-zA-Z0-9@._+-]{1,255}$/u;

  return function build(trigger, event, record, bytes, limits) {
    // Throws one Error that lists everything wrong with the arguments, each by its name.
    function demand(what, given, rules) {
      const problems = new Map();
      const add = (name, text) =>
        problems.set(name, problems.has(name) ? `${problems.get(name)}, ${text}` : `${name} ${text}`);
      const names = Object.keys(given);
      for (const name of names) {
        if (given[name] === undefined) add('', `must have required property '${name}'`);
      }
      for (const name of names) {
        const value = given[name];
        if (value === undefined) continue;
        if (typeof value !== 'string') {
          add(name, 'must be string');
          continue;
        }
        const { most, least = 0, pattern } = rules;
        const length = [...value].length;
        if (length > most) add(name, `must NOT have more than ${most} characters`);
        if (length < least) add(name, `must NOT have fewer than ${least} characters`);
        if (pattern && !pattern.test(value)) add(name, `must match pattern "${pattern.source}"`);
      }
      if (problems.size > 0) throw new Error(`${what}: ${[...problems.values()].join('; ')}`);
    }

    // What Node says of an argument that is not the text it has to be.
    function size(value) {
      if (typeof value === 'string') return bytes(value);
      let received;
      if (value === null || value === undefined) {
        received = `${value}`;
      } else if (typeof value === 'function') {
        received = `function ${value.name}`;
      } else if (typeof value === 'object') {
        const name = value.constructor && value.constructor.name;
        received = name ? `an instance of ${name}` : '[Object: null prototype] {}';
      } else {
        received = `type ${typeof value} (${typeof value === 'bigint' ? `${value}n` : String(value)})`;
      }
      const error = new TypeError(
        `The "string" argument must be of type string or an instance of Buffer or ArrayBuffer. Received ${received}`,
      );
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }

    const refused = (code) => ({ type: 'error', code });
    const finite = (value) => typeof value === 'number' && isFinite(value);

    class CacheAPI {
      #records = new Map();

      delete(key) {
        if (!this.#records.has(key)) return refused('CacheKeyDoesNotExist');
        record('cache.delete', [key]);
        this.#records.delete(key);
        return { type: 'success' };
      }

      get(key) {
        const found = this.#records.get(key);
        return found === undefined || found.expires_at < now() ? undefined : found;
      }

      set(key, value, options) {
        const keySize = size(key);
        const valueSize = size(value);
        if (keySize > limits.cacheKey) return refused('CacheKeySizeExceeded');
        if (valueSize > limits.cacheValue) return refused('CacheValueSizeExceeded');
        let held = 0;
        for (const [name, { value: kept }] of this.#records) held += bytes(name) + bytes(String(kept));
        if (held + keySize + valueSize > limits.cacheTotal) return refused('CacheSizeExceeded');
        const begun = now();
        const { ttl, expires_at: given } = options ?? {};
        let expires;
        if (ttl !== undefined) {
          if (!finite(ttl)) return refused('InvalidExpiry');
          expires = begun + floor(ttl);
        }
        if (given !== undefined) {
          if (!finite(given)) return refused('InvalidExpiry');
          expires = expires === undefined ? floor(given) : min(expires, floor(given));
        }
        if (!finite(expires)) expires = begun + limits.cacheLifetime;
        if (expires <= begun) return refused('ItemAlreadyExpired');
        if (!isSafeInteger(expires)) return refused('InvalidExpiry');
        record('cache.set', options === undefined ? [key, value] : [key, value, options]);
        const kept = { value, expires_at: expires };
        this.#records.set(key, kept);
        return { type: 'success', record: kept };
      }
    }

    // A group of methods that note their calls and hand `api` back.
    const noted = (api, name, args, taken) => {
      record(name, args.slice(0, taken));
      return api;
    };

    class AccessAPI {
      #api;
      constructor(api) { this.#api = api; }
      deny(...args) { return noted(this.#api, 'access.deny', args, 2); }
    }

    class ValidationAPI {
      #api;
      constructor(api) { this.#api = api; }
      error(errorCode, errorMessage) {
        const api = this.#api;
        demand('Failed to add validation error', { errorCode, errorMessage }, { most: limits.validation });
        return noted(api, 'validation.error', [errorCode, errorMessage], 2);
      }
    }

    class UserAPI {
      #api;
      constructor(api) { this.#api = api; }
      setAppMetadata(...args) { return noted(this.#api, 'user.setAppMetadata', args, 2); }
      setUserMetadata(...args) { return noted(this.#api, 'user.setUserMetadata', args, 2); }
      setUserId(user_id) {
        const api = this.#api;
        demand('Invalid setUserId arguments', { user_id }, { most: 255, least: 1, pattern: USER_ID });
        return noted(api, 'user.setUserId', [user_id], 1);
      }
    }

    class AccessTokenAPI {
      #api;
      constructor(api) { this.#api = api; }
      setCustomClaim(...args) {
        const api = this.#api;
        if (args[0] === 'scope') throw new Error(`The ${stringify('scope')} claim cannot be set.`);
        return noted(api, 'accessToken.setCustomClaim', args, 2);
      }
    }

    function scopeOf(value) {
      if (typeof value !== 'string') throw new TypeError('The value for the scope must be a string.');
      const scope = value.trim();
      if (scope.length === 0) throw new Error('The value for the scope is required.');
      if (scope.length > limits.scope) {
        throw new Error(`The value for the scope exceeds the allowed maximum of ${limits.scope} characters.`);
      }
      if (/\s/.test(scope)) throw new Error('The value for the scope must not have whitespace.');
      return scope;
    }

    function tooMany() {
      return new Error(`The number of scopes exceeds the allowed maximum of ${limits.scopes}.`);
    }

    // These methods hand nothing back; the event shows at once what they did.
    class TransactionAPI {
      #scopes;
      constructor(scopes) { this.#scopes = new Set(scopes); }

      #show() {
        const transaction = event.transaction;
        if (transaction === null || transaction === undefined) {
          throw new TypeError(`Cannot set properties of ${transaction} (setting 'target_scopes')`);
        }
        transaction.target_scopes = [...this.#scopes];
      }

      addTargetScope(value) {
        const scope = scopeOf(value);
        if (!this.#scopes.has(scope) && this.#scopes.size >= limits.scopes) throw tooMany();
        record('transaction.addTargetScope', [scope]);
        this.#scopes.add(scope);
        this.#show();
      }

      removeTargetScope(value) {
        const scope = scopeOf(value);
        record('transaction.removeTargetScope', [scope]);
        this.#scopes.delete(scope);
        this.#show();
      }

      setTargetScopes(values) {
        if (!isArray(values)) throw new TypeError('The value for scopes must be an array.');
        if (values.length === 0) return this.clearTargetScopes();
        const scopes = new Set(values.map(scopeOf));
        if (scopes.size > limits.scopes) throw tooMany();
        record('transaction.setTargetScopes', [[...scopes]]);
        this.#scopes = scopes;
        this.#show();
      }

      clearTargetScopes() {
        record('transaction.clearTargetScopes', []);
        this.#scopes.clear();
        this.#show();
      }
    }

    class PreUserRegistrationAPI {
      constructor() {
        this.access = new AccessAPI(this);
        this.user = new UserAPI(this);
        this.cache = new CacheAPI();
        this.validation = new ValidationAPI(this);
      }
    }

    class CredentialsExchangeAPI {
      constructor() {
        const scopes = event.accessToken && event.accessToken.scope;
        this.access = new AccessAPI(this);
        this.accessToken = new AccessTokenAPI(this);
        this.cache = new CacheAPI();
        this.transaction = new TransactionAPI(isArray(scopes) ? scopes : []);
      }
    }

    class PostUserRegistrationAPI { cache = new CacheAPI(); }
    class PostChangePasswordAPI { cache = new CacheAPI(); }
    class SendPhoneMessageAPI { cache = new CacheAPI(); }

    switch (trigger) {
      case 'pre-user-registration': return new PreUserRegistrationAPI();
      case 'credentials-exchange': return new CredentialsExchangeAPI();
      case 'post-user-registration': return new PostUserRegistrationAPI();
      case 'post-change-password': return new PostChangePasswordAPI();
      default: return new SendPhoneMessageAPI();
    }
  };
})();
