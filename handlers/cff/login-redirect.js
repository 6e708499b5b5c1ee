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
  Object.keys(parameters).forEach((name) => {
    const values = parameters[name].multiValue || [parameters[name]];
    values.forEach((each) => pairs.push(name + '=' + each.value));
  });
  return pairs.join('&');
}
