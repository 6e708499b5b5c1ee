// CloudFront Functions, runtime 2.0. Six short addresses lead to their cards; the
// rest goes on.
const cards = {
  '/r/music': '/card/m1',
  '/r/tree': '/card/t2',
  '/r/food': '/card/f3',
  '/r/computer': '/card/c4',
  '/r/cat': '/card/c5',
  '/r/beer': '/card/b6',
};

function handler(event) {
  const request = event.request;
  if (!Object.keys(cards).includes(request.uri)) return request;
  return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: cards[request.uri] } } };
}
