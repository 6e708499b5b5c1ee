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

// call carries out an operation on a table in a Region.
exports.call = (region, operation, input) => new Promise((resolve, reject) => {
  const url = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB || `https://dynamodb.${region}.amazonaws.com`);
  const body = JSON.stringify(input);
  const headers = sign(url.host, region, `DynamoDB_20120810.${operation}`, body, new Date());
  const client = url.protocol === "http:" ? http : https;
  const request = client.request(url, { method: "POST", headers, agent: agents[url.protocol] }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (part) => (text += part)).on("error", reject).on("end", () => {
      if (response.statusCode === 200) return resolve(JSON.parse(text));
      reject(Object.assign(new Error(text), { name: "DynamoDBError", statusCode: response.statusCode }));
    });
  });
  request.on("error", reject).end(body);
});

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
