// DynamoDB for a function without dependencies: GetItem and UpdateItem in the
// service's own protocol, signed with Node's crypto. The SDK would be on Lambda, but
// loading it is most of a cold start. Other endpoints come from
// AWS_ENDPOINT_URL_DYNAMODB, as with the SDK. There are no retries.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
"use strict";
const crypto = require("crypto");
const http = require("http");
const https = require("https");

// connections stay open: to a table in another Region, opening one takes longer than
// the read.
const agents = { "http:": new http.Agent({ keepAlive: true }), "https:": new https.Agent({ keepAlive: true }) };

// ledger is what the invocation under way consumed: request units read and written by
// Region, and bytes that crossed a border of Regions, without what TLS and TCP add. It
// says nothing once a call failed, for then nobody knows.
const ledger = { calls: new Map(), lost: false };
exports.ledger = {
  begin: () => {
    ledger.calls.clear();
    ledger.lost = false;
  },
  text: () => {
    if (ledger.lost) return "";
    const here = process.env.AWS_REGION;
    const calls = [...ledger.calls].map(([region, units]) => {
      const pairs = ["rru", "wru", "out", "in"].filter((name) => units[name] > 0).map((name) => ` ${name}=${units[name]}`);
      return (units.out > 0 ? here + ">" : "") + region + pairs.join("");
    });
    return calls.join(";") || "-";
  },
};

function add(region, name, value) {
  if (!ledger.calls.has(region)) ledger.calls.set(region, { rru: 0, wru: 0, out: 0, in: 0 });
  ledger.calls.get(region)[name] += value;
}

// call carries out an operation on a table in a Region, and writes down what it says
// that it consumed.
exports.call = async (region, operation, input) => {
  try {
    const answer = await send(region, operation, { ...input, ReturnConsumedCapacity: "TOTAL" });
    const { CapacityUnits } = answer.ConsumedCapacity || {};
    if (CapacityUnits === undefined) ledger.lost = true;
    else add(region, operation === "GetItem" ? "rru" : "wru", CapacityUnits);
    return answer;
  } catch (e) {
    ledger.lost = true;
    throw e;
  }
};

const send = (region, operation, input) => new Promise((resolve, reject) => {
  const url = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB || `https://dynamodb.${region}.amazonaws.com`);
  const abroad = process.env.AWS_REGION !== undefined && process.env.AWS_REGION !== region;
  const body = JSON.stringify(input);
  const headers = sign(url.host, region, `DynamoDB_20120810.${operation}`, body, new Date());
  const client = url.protocol === "http:" ? http : https;
  const request = client.request(url, { method: "POST", headers, agent: agents[url.protocol] }, (response) => {
    let text = "";
    if (abroad) add(region, "in", answerSize(response));
    response.setEncoding("utf8").on("data", (part) => (text += part)).on("error", reject).on("end", () => {
      if (response.statusCode === 200) return resolve(JSON.parse(text));
      reject(Object.assign(new Error(text), { name: "DynamoDBError", statusCode: response.statusCode }));
    });
  });
  request.on("error", reject).end(body);
  if (abroad) add(region, "out", requestSize(request, body));
});

// requestSize and answerSize are messages as HTTP/1.1 sends them. AWS answers with a
// Content-Length.
const requestSize = (request, body) => {
  const lines = Object.entries(request.getHeaders()).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.byteLength(`POST / HTTP/1.1\r\n${lines}Connection: keep-alive\r\n\r\n` + body);
};
const answerSize = (response) => {
  const line = `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n\r\n`;
  const fields = response.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0); // ": " or a line's end
  return line.length + fields + Number(response.headers["content-length"] || 0);
};

// sign makes the headers of a request with its signature, version 4.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
function sign(host, region, target, body, now) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
  const time = now.toISOString().replace(/[:-]|\.\d{3}/g, "");
  const scope = [time.slice(0, 8), region, "dynamodb", "aws4_request"];
  const headers = { "content-type": "application/x-amz-json-1.0", host, "x-amz-date": time };
  if (token) headers["x-amz-security-token"] = token;
  headers["x-amz-target"] = target;
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join("");
  const canonical = ["POST", "/", "", lines, names, hash(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), hash(canonical)].join("\n");
  const key = scope.reduce((k, part) => hmac(k, part), "AWS4" + secret);
  const signature = hmac(key, text).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope.join("/")}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, "content-length": Buffer.byteLength(body), authorization };
}

const hash = (text) => crypto.createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => crypto.createHmac("sha256", key).update(text).digest();
