// A client of the Lambda Runtime API for a handler in Node.js: protocol only.
//
//     node client.js index.handler
//
// It serves that export of that file in the working directory until it is ended. A
// second argument is a JSON object of files by name, in which it looks first.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html; error types and
// their words are those of AWS's own client, aws-lambda-ric. No response streaming.
"use strict";
const fs = require("fs");
const http = require("http");
const path = require("path");
const url = require("url");
const util = require("util");
const vm = require("vm");
const { createRequire } = require("module");

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");

// call makes one call of the Runtime API.
function call(method, at, body, headers = {}) {
  if (body !== undefined) headers["Content-Length"] = Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, agent, method, path: "/2018-06-01/runtime/" + at, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part)).on("error", reject)
        .on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString("utf8") }));
    });
    request.setNoDelay(true);
    request.on("error", reject).end(body);
  });
}

// fault is an error of the runtime's own, such as Runtime.HandlerNotFound.
function fault(kind, words) {
  const e = new Error(words);
  e.name = "Runtime." + kind;
  return e;
}

// fail posts an error document; anything can be thrown.
function fail(at, e) {
  const native = e instanceof Error || Object.prototype.toString.call(e) === "[object Error]";
  const document = native
    ? { errorType: e.name, errorMessage: e.message, trace: String(e.stack).split("\n") }
    : { errorType: typeof e, errorMessage: String(e), trace: [] };
  console.error("Invoke Error\t" + JSON.stringify(document));
  return call("POST", at, JSON.stringify(document), { "Lambda-Runtime-Function-Error-Type": document.errorType });
}

// load is the function that "index.handler" names; what is before the first dot is
// the file, without its extension.
async function load(name, files) {
  const [, folder, file, property] = /^(.*\/)?([^./]*)\.([^/]*)$/.exec(name) || [];
  if (!file || !property) throw fault("MalformedHandlerName", "Bad handler");
  const module = await loadModule((folder || "") + file, files);
  const handler = property.split(".").reduce((value, key) => value && value[key], module);
  if (!handler) throw fault("HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw fault("HandlerNotFound", `${name} is not a function`);
  return handler;
}

async function loadModule(file, files) {
  try {
    if (files[file + ".js"] !== undefined) return fromMemory(file + ".js", files);
    const base = path.resolve(file);
    if (!fs.existsSync(base + ".js") && fs.existsSync(base + ".mjs")) return await importFile(base + ".mjs");
    const name = [".js", ".cjs"].map((extension) => base + extension).find(fs.existsSync) || base;
    try {
      return createRequire(path.resolve("client.js"))(name);
    } catch (e) {
      if (e.code === "ERR_REQUIRE_ESM" || e.code === "ERR_REQUIRE_ASYNC_MODULE") return await importFile(name);
      throw e;
    }
  } catch (e) {
    if (e instanceof SyntaxError) throw fault("UserCodeSyntaxError", String(e));
    if (e.code === "MODULE_NOT_FOUND" || e.code === "ERR_MODULE_NOT_FOUND") throw fault("ImportModuleError", String(e));
    throw e;
  }
}

const importFile = (name) => import(url.pathToFileURL(name).href);

// fromMemory loads a CommonJS module out of files, once, and what it requires from
// there.
const loaded = new Map();
function fromMemory(file, files) {
  if (loaded.has(file)) return loaded.get(file).exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const find = (id) => {
    const inside = path.posix.join(path.posix.dirname(file), id);
    return id.startsWith(".") && files[inside] !== undefined ? fromMemory(inside, files) : require(id);
  };
  vm.compileFunction(files[file], ["exports", "require", "module"], { filename: file })(module.exports, find, module);
  return module.exports;
}

// contextOf is what a handler is told of its invocation, with the ways to end it
// that handlers without a promise have.
function contextOf(headers, settle) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (e, value) => settle(e, value),
    succeed: (value) => settle(null, value),
    fail: (e) => settle(e ?? "handled"),
  };
}

// current is the invocation under way, for the lines of the log: time, id, level and
// text, as on Lambda.
let current;
for (const [method, level] of Object.entries({ trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR" })) {
  console[method] = (...words) => {
    const line = [new Date().toISOString(), current, level, util.format(...words).replaceAll("\n", "\r")];
    process.stdout.write(line.join("\t") + "\n");
  };
}

// idle is called when nothing is left to wait for, failed on what nobody caught.
let idle, failed;
process.on("beforeExit", () => {
  const now = idle;
  idle = undefined;
  if (now) now();
});
process.on("uncaughtException", (e) => failed(e, 129));
process.on("unhandledRejection", (e) => failed(e, 128));

// run gives one event to the handler: its promise, its callback, or, when it has
// neither called back nor anything left to wait for, null.
function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    let over = false;
    const settle = (e, value) => {
      if (over) return;
      over = true;
      idle = undefined;
      if (e !== undefined && e !== null) reject(e);
      else resolve(value);
    };
    const context = contextOf(headers, settle);
    const callback = (e, value) => {
      if (e || !context.callbackWaitsForEmptyEventLoop) settle(e, value);
      else if (!over) idle = () => settle(null, value);
    };
    idle = () => settle(null, null);
    const result = handler(event, context, callback);
    if (result && typeof result.then === "function") result.then(context.succeed, context.fail);
  });
}

async function serve(name, files) {
  failed = (e) => fail("init/error", e).then(() => process.exit(1));
  let handler;
  try {
    handler = await load(name, files);
  } catch (e) {
    return failed(e);
  }
  for (;;) {
    const { headers, body } = await call("GET", "invocation/next");
    current = headers["lambda-runtime-aws-request-id"];
    const at = `invocation/${current}/`;
    process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"];
    failed = (e, code) => fail(at + "error", e).then(() => process.exit(code));
    try {
      const value = await run(handler, JSON.parse(body), headers);
      await call("POST", at + "response", JSON.stringify(value === undefined ? null : value), { "Content-Type": "application/json" });
    } catch (e) {
      await fail(at + "error", e);
    }
  }
}

process.env.AWS_EXECUTION_ENV = `AWS_Lambda_nodejs${process.versions.node.split(".")[0]}.x`;
const [name, files] = process.argv.slice(module.id === "[eval]" ? 1 : 2);
serve(name, JSON.parse(files || "{}"));
