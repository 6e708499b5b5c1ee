// CloudFront Functions, runtime 2.0. A viewer without the cookie "session" goes to
// /login first.
function handler(event) {
  const request = event.request;
  const session = request.cookies.session ? request.cookies.session.value : '';
  if (session !== '' || request.uri === '/login' || request.uri.startsWith('/login/')) return request;
  const query = queryOf(request.querystring);
  const wanted = query === '' ? request.uri : request.uri + '?' + query;
  return {
    statusCode: 302,
    statusDescription: 'Found',
    headers: {
      location: { value: '/login?return=' + encodeURIComponent(wanted) },
      'cache-control': { value: 'no-store' },
    },
  };
}

// queryOf is the query as text: the event has a map of it.
function queryOf(parameters) {
  const pairs = [];
  for (const name of Object.keys(parameters)) {
    for (const each of parameters[name].multiValue || [parameters[name]]) pairs.push(name + '=' + each.value);
  }
  return pairs.join('&');
}
