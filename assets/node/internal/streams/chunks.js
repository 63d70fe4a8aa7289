// What a readable holds: a queue of chunks that gives out bytes by number.
class Chunks {
  #list = [];
  #from = 0;

  get length() { return this.#list.length - this.#from; }

  push(chunk) { this.#list.push(chunk); }

  unshift(chunk) {
    if (this.#from > 0) this.#list[--this.#from] = chunk;
    else this.#list.unshift(chunk);
  }

  first() { return this.#list[this.#from]; }

  shift() {
    if (this.length === 0) return undefined;
    const chunk = this.#list[this.#from];
    this.#list[this.#from++] = undefined;
    if (this.#from === this.#list.length) this.clear();
    else if (this.#from > 1024) {
      this.#list = this.#list.slice(this.#from);
      this.#from = 0;
    }
    return chunk;
  }

  clear() {
    this.#list = [];
    this.#from = 0;
  }

  // Everything as one text or one buffer; stays in the queue.
  all(asText) {
    const rest = [...this];
    if (asText) return rest.join('');
    return rest.length === 1 ? rest[0] : Buffer.concat(rest);
  }

  // The first `size` units of text or bytes, taken out.
  take(size, asText) {
    const parts = [];
    let missing = size;
    while (missing > 0 && this.length > 0) {
      const chunk = this.first();
      if (chunk.length <= missing) {
        parts.push(this.shift());
        missing -= chunk.length;
      } else {
        parts.push(chunk.slice(0, missing));
        this.#list[this.#from] = chunk.slice(missing);
        missing = 0;
      }
    }
    if (asText) return parts.join('');
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  *[Symbol.iterator]() {
    for (let at = this.#from; at < this.#list.length; at++) yield this.#list[at];
  }
}

module.exports = Chunks;
