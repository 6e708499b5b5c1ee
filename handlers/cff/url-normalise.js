// CloudFront Functions, runtime 2.0. Gives pages that are the same one address:
// slashes once, no index.html, parameters in order and none that only tell where
// the viewer came from. The event has the parameters in a map, so one without "="
// gets it, and names that are numbers come first whatever their order.
function handler(event) {
  const request = event.request;
  request.uri = request.uri.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/');
  const kept = {};
  Object.keys(request.querystring).sort().forEach((name) => {
    if (!name.startsWith('utm_') && name !== 'gclid' && name !== 'fbclid') kept[name] = request.querystring[name];
  });
  request.querystring = kept;
  return request;
}
