// CloudFront Functions, runtime 2.0. GET on any path.
function handler(event) {
  if (event.request.method === 'GET' || event.request.method === 'HEAD') {
    return {
      statusCode: 200,
      statusDescription: 'OK',
      headers: { 'content-type': { value: 'application/json' } },
      body: '"Hello from Lambda!"',
    };
  }
  return {
    statusCode: 405,
    statusDescription: 'Method Not Allowed',
    headers: { 'content-type': { value: 'application/json' }, allow: { value: 'GET, HEAD' } },
    body: '{"status":"error","message":"method not allowed"}',
  };
}
