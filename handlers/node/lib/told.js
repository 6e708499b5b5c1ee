// What an answer tells of its invocation, for who measures it: the Lambda request id,
// by which it is joined to its REPORT line, whether it was the first of the process, and,
// of a handler that has a table, what it consumed. A request that is handed on carries
// nothing. An answer that other invocations made, which a function at a response event is
// given, names them already: this one stands behind them. What is said at the origin's
// events may come out of the cache again, for who was no cold start: nothing of that there.
"use strict";

const ID = "x-bench-request-id", COLD = "x-bench-cold", CONSUMED = "x-bench-consumed";
let warm = false;

// told is a handler whose answers tell; ledger is what its calls are written down in.
exports.told = (handler, ledger) => async (event, context) => {
  const cold = warm ? "0" : "1";
  warm = true;
  if (ledger) ledger.begin();
  const result = await handler(event, context);
  if (result && result.status !== undefined) mark(result.headers, context.awsRequestId, kept(event) ? "" : cold, ledger ? ledger.text() : "");
  return result;
};

const kept = (event) => event.Records[0].cf.config.eventType.startsWith("origin-");

function mark(headers, id, cold, consumed) {
  const get = (key) => ((headers[key] || [])[0] || { value: "" }).value;
  const set = (key, value) => (headers[key] = [{ key, value }]);
  const before = get(ID) === "" ? [] : get(ID).split(",");
  const said = get(CONSUMED) || before.map(() => "").join(",");
  const all = before.length === 0 ? consumed : said + "," + consumed;
  set(ID, [...before, id].join(","));
  if (cold === "") delete headers[COLD];
  else set(COLD, cold);
  if (/[^,]/.test(all)) set(CONSUMED, all);
}
