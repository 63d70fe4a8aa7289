"use strict";
class A extends B { static #p = 1; get [x]() { return super.y?.z ?? 1n; } static { this.q = async function* () { yield* await 1; }; } }
label: for (const [a, ...b] of c) { continue label; }
module.exports = ({ user = {}, ...rest }, ctx, cb) => cb(null, `${user.a}${/re[/]x/giu.test(rest)}`);
