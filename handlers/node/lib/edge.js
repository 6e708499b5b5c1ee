// What the Lambda@Edge handlers share: reading a request, making an answer.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
"use strict";

// requestOf is the request of a Lambda@Edge event.
exports.requestOf = (event) => event.Records[0].cf.request;

// headerOf is the first value of a header, or "".
const headerOf = (request, name) => ((request.headers[name] || [])[0] || { value: "" }).value;
exports.headerOf = headerOf;

// joined is all values of a header in one.
const joined = (request, name, by) => (request.headers[name] || []).map((f) => f.value).join(by);
exports.joined = joined;

// setHeader replaces a header of the request; "" removes it.
exports.setHeader = (request, key, value) => {
  delete request.headers[key.toLowerCase()];
  if (value !== "") request.headers[key.toLowerCase()] = [{ key, value }];
};

// cookieOf is the value of the first cookie called name, or "".
exports.cookieOf = (request, name) => {
  for (const pair of joined(request, "cookie", ";").split(";")) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return "";
};

// answer is a generated response. CloudFront wants lists of key and value.
exports.answer = (status, headers, body) => {
  const lists = {};
  for (const [key, value] of Object.entries(headers)) lists[key.toLowerCase()] = [{ key, value }];
  return body === undefined ? { status: String(status), headers: lists } : { status: String(status), headers: lists, body };
};

exports.json = (status, body) => exports.answer(status, { "Content-Type": "application/json" }, body);

// onGet answers GET and HEAD with a value as json.dumps writes it, and 405 to the rest.
exports.onGet = (event, value) => {
  const { method } = exports.requestOf(event);
  if (method === "GET" || method === "HEAD") return exports.json(200, exports.dumps(value));
  return exports.answer(405, { "Content-Type": "application/json", Allow: "GET, HEAD" }, '{"status":"error","message":"method not allowed"}');
};

// secured are the five fields of the workshop's security headers.
exports.secured = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "Content-Security-Policy": "default-src 'self'",
  "X-XSS-Protection": "1; mode=block",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

// parseQS is Python's urllib.parse.parse_qs, first value of each: blank values are
// dropped, as the handlers were first written in Python.
exports.parseQS = (query) => {
  const out = {};
  for (const pair of query.split("&")) {
    const at = pair.indexOf("=");
    if (at < 0 || at === pair.length - 1) continue;
    const name = unquote(pair.slice(0, at));
    if (!Object.hasOwn(out, name)) out[name] = unquote(pair.slice(at + 1));
  }
  return out;
};

// unquote decodes "+" and percent-encoding; what is not hexadecimal stays, and what
// is not UTF-8 becomes U+FFFD.
function unquote(s) {
  const latin1 = Buffer.from(s.replace(/\+/g, " "), "utf8").toString("latin1");
  const bytes = latin1.replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

// Unserialisable stands for a Python value that json.dumps does not know.
exports.Unserialisable = class {
  constructor(type) {
    this.type = type;
  }
};

// dumps writes a value as Python's json.dumps does: a space after colons and
// commas, and nothing but ASCII.
exports.dumps = (v) => {
  if (v instanceof exports.Unserialisable) throw new TypeError(`Object of type ${v.type} is not JSON serializable`);
  if (Array.isArray(v)) return "[" + v.map(exports.dumps).join(", ") + "]";
  if (v !== null && typeof v === "object") {
    return "{" + Object.entries(v).map(([k, each]) => exports.dumps(k) + ": " + exports.dumps(each)).join(", ") + "}";
  }
  if (typeof v === "bigint") return v.toString();
  return JSON.stringify(v).replace(/[\x7f-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
};
