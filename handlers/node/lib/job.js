// The API that tells a browser how a MediaConvert job is doing
// (https://blog.nightonly.com, 2022-05-10): its two paths look an item up by one
// parameter and differ in nothing but what they tell of it.
"use strict";
const { answer, dumps, headerOf, parseQS, requestOf, Unserialisable } = require("./edge.js");
const { call, ledger } = require("./dynamodb.js");
const { told } = require("./told.js");

// The table's Region is told: it is not where a function at the edge runs. A
// Lambda@Edge function has no variables, so these are constants.
const REGION = process.env.TABLE_REGION || "ap-northeast-1";
const ORIGINS = (process.env.ALLOWED_ORIGINS || "https://.*\\.nightonly\\.com").split(/\s+/);

// ALB answers 502 to a Max-Age that is a number, CloudFront to a header that is no list.
const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, OPTIONS",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Max-Age": "7200",
  "Content-Type": "application/json; charset=UTF-8",
};

const refuse = (status, message) => answer(status, CORS, dumps({ success: false, message }));
const allows = (origin) => ORIGINS.some((pattern) => new RegExp(`^(?:${pattern})$`).test(origin));

// endpoint is the handler of one path; succeed makes of an item what is told of it.
exports.endpoint = (parameter, table, key, succeed) => told(async (event) => {
  console.info(JSON.stringify(event));
  const request = requestOf(event);
  const origin = headerOf(request, "origin");
  if (request.method === "OPTIONS") return answer(200, CORS);
  if (request.method !== "GET") return refuse(404, "No route matches.");
  if (origin !== "" && !allows(origin)) return refuse(422, "ORIGIN is invalid.");
  const values = parseQS(request.querystring);
  if (Object.keys(values).length === 0) return refuse(400, "Not found parameter.");
  if (!Object.hasOwn(values, parameter)) return refuse(400, `Not found parameter ${parameter}.`);
  const { Item } = await call(REGION, "GetItem", { TableName: table, Key: { [key]: { S: values[parameter] } } });
  if (Item === undefined) return refuse(422, "Not found item.");
  return answer(200, CORS, dumps({ success: true, ...succeed(Item) }));
}, ledger);

// attribute is an attribute as boto3 gives it to a program, as far as json.dumps can
// tell: numbers are Decimals, which it cannot write.
exports.attribute = (item, name) => python(present(item, name));

function present(item, name) {
  if (!Object.hasOwn(item, name)) throw Object.assign(new Error(`'${name}'`), { name: "KeyError" });
  return item[name];
}

function python(v) {
  const [[kind, value]] = Object.entries(v);
  switch (kind) {
    case "S": case "BOOL": return value;
    case "NULL": return null;
    case "L": return value.map(python);
    case "M": return Object.fromEntries(Object.keys(value).sort().map((name) => [name, python(value[name])]));
    case "N": return new Unserialisable("Decimal");
    case "B": return new Unserialisable("Binary");
  }
  return new Unserialisable("set");
}

// integer is int() of an attribute: a number cut to a whole one, or digits in a string.
exports.integer = (item, name) => {
  const v = present(item, name);
  if (/^[+-]?\d+$/.test(v.N ?? v.S)) return BigInt(v.N ?? v.S);
  if (v.N !== undefined) return BigInt(Math.trunc(Number(v.N)));
  throw Object.assign(new Error(`${name} is no integer: ${JSON.stringify(v)}`), { name: "ValueError" });
};
