const merge = require('deepmerge');
module.exports = async () => [merge({ a: { b: 1 }, l: [1] }, { a: { c: 2 }, l: [2] }), merge.all([{ a: 1 }, { b: 2 }]), merge({ l: [1] }, { l: [2] }, { arrayMerge: (a, b) => b })];
