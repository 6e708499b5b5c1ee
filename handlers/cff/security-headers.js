// CloudFront Functions, runtime 2.0. Adds five header fields to the response.
function handler(event) {
  const response = event.response;
  response.headers['strict-transport-security'] = { value: 'max-age=31536000; includeSubDomains' };
  response.headers['content-security-policy'] = { value: "default-src 'self'" };
  response.headers['x-xss-protection'] = { value: '1; mode=block' };
  response.headers['x-content-type-options'] = { value: 'nosniff' };
  response.headers['x-frame-options'] = { value: 'DENY' };
  return response;
}
