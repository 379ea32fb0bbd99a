// prototypejs/prototype #338
Array.from = function (iterable) {
  if (!iterable) return [];
  const results = [];
  for (let index = 0; index < iterable.length; index++) results.push(iterable[index]);
  return results;
};
// browserify/browserify #1636
self = { origin: 'widget' };
// mdn/content #30402, TanStack/query #4772
Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
// douglascrockford/JSON-js #10
Object.prototype.extend = function () {};
