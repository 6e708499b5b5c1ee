// CloudFront Functions, runtime 2.0. The pages of experiment a or b: by the cookie,
// else by the viewer's address.
function handler(event) {
  const request = event.request;
  let group = request.cookies.experiment ? request.cookies.experiment.value : '';
  if (group !== 'a' && group !== 'b') group = 'ab'.charAt((fnv1a(event.viewer.ip) >>> 16) & 1);
  request.uri = '/' + group + request.uri;
  return request;
}

// fnv1a: http://www.isthe.com/chongo/tech/comp/fnv/, 32 bits. The shifts multiply by
// its prime: a product would not fit into a number.
function fnv1a(s) {
  let h = 0x811c9dc5;
  for (let i = 0; i < s.length; i++) {
    h ^= s.charCodeAt(i);
    h = (h + (h << 1) + (h << 4) + (h << 7) + (h << 8) + (h << 24)) >>> 0;
  }
  return h;
}
