const { of, from, lastValueFrom, timer, throwError } = require('rxjs');
const { map, filter, reduce, mergeMap, catchError, toArray, take } = require('rxjs/operators');
module.exports = async () => [await lastValueFrom(of(1, 2, 3).pipe(map((n) => n * 2), filter((n) => n > 2), toArray())), await lastValueFrom(from(Promise.resolve(4)).pipe(mergeMap((n) => of(n, n + 1)), reduce((a, b) => a + b))), await lastValueFrom(timer(1, 1).pipe(take(3), toArray())), await lastValueFrom(throwError(() => new Error('e')).pipe(catchError((error) => of(error.message))))];
