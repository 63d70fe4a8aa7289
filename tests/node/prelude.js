// Stands in front of every suite, on its first line: `test(name, body)` prints `name: result`, one after another.
const test = (() => {
  const seen = (key, value) => {
    if (value === undefined) return '[undefined]';
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return `[Function ${value.name}]`;
    if (typeof value === 'symbol') return String(value);
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return `[${Object.is(value, -0) ? '-0' : value}]`;
    if (value instanceof Error) return { error: String(value), name: value.name, code: value.code };
    return value;
  };
  let chain = Promise.resolve();
  return (name, body) => {
    chain = chain.then(async () => {
      let result;
      try {
        result = await body();
      } catch (error) {
        result = error instanceof Error ? { thrown: error.name, code: error.code, message: error.message } : { thrown: error };
      }
      console.log(`${name}: ${JSON.stringify(result, seen)}`);
    });
  };
})();
