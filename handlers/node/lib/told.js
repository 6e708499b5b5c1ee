// What an answer tells of its invocation, for who measures it: the Lambda request id,
// by which it is joined to its REPORT line, whether it was the first of the process, and,
// of a handler that has a table, what it consumed. A request that is handed on carries
// nothing. An answer that other invocations made, which a function at a response event is
// given, names them already: this one stands behind them.
"use strict";

const ID = "x-bench-request-id", COLD = "x-bench-cold", CONSUMED = "x-bench-consumed";
let warm = false;

// told is a handler whose answers tell; ledger is what its calls are written down in.
exports.told = (handler, ledger) => async (event, context) => {
  const cold = warm ? "0" : "1";
  warm = true;
  if (ledger) ledger.begin();
  const result = await handler(event, context);
  if (result && result.status !== undefined) mark(result.headers, context.awsRequestId, cold, ledger ? ledger.text() : "");
  return result;
};

function mark(headers, id, cold, consumed) {
  const get = (key) => ((headers[key] || [])[0] || { value: "" }).value;
  const set = (key, value) => (headers[key] = [{ key, value }]);
  const before = get(ID) === "" ? [] : get(ID).split(",");
  const said = get(CONSUMED) || before.map(() => "").join(",");
  const all = before.length === 0 ? consumed : said + "," + consumed;
  set(ID, [...before, id].join(","));
  set(COLD, before.length > 0 && get(COLD) === "1" ? "1" : cold);
  if (/[^,]/.test(all)) set(CONSUMED, all);
}
