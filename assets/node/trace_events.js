// Node's `trace_events`: nothing is traced, as on Node without its option.
class Tracing {
  #categories;
  #enabled = false;
  constructor(categories) { this.#categories = categories; }
  enable() { this.#enabled = true; }
  disable() { this.#enabled = false; }
  get enabled() { return this.#enabled; }
  get categories() { return this.#categories.join(','); }
}

module.exports = {
  createTracing: ({ categories }) => new Tracing(categories),
  getEnabledCategories: () => undefined,
};
