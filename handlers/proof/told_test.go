package proof

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// What the answers of a Node.js function tell, in order: of an invocation that reads and
// writes in two Regions, one that calls nothing, one whose call failed, one behind others
// at a response event, one there without a table, a request that is handed on.
func TestNodeJSTells(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip(err)
	}
	const script = `
const http = require("http");
const { told } = require("./lib/told.js");
const { call, ledger } = require("./lib/dynamodb.js");
const answer = (headers) => ({ status: "200", headers: headers || {} });
const server = http.createServer((request, response) => {
  request.resume();
  const units = { GetItem: 0.5, UpdateItem: 3 }[request.headers["x-amz-target"].split(".")[1]];
  const body = JSON.stringify({ ConsumedCapacity: { CapacityUnits: units } });
  response.writeHead(units ? 200 : 400, { "Content-Length": body.length, Date: "-" });
  response.end(body);
}).listen(0, "127.0.0.1", async () => {
  process.env.AWS_ENDPOINT_URL_DYNAMODB = "http://127.0.0.1:" + server.address().port;
  const show = async (handler, ...rest) => {
    const { headers } = await told(handler, ...rest)({ Records: [{ cf: { config: { eventType } } }] }, { awsRequestId: "id" });
    console.log(["request-id", "cold", "consumed"].map((name) => ((headers["x-bench-" + name] || [])[0] || {}).value).join(" | "));
  };
  let eventType = "viewer-request";
  const field = (key, value) => ({ [key]: [{ key, value }] });
  const before = () => ({ ...field("x-bench-request-id", "a,b"), ...field("x-bench-cold", "1"), ...field("x-bench-consumed", ",us-east-1 wru=1") });
  await show(async () => {
    await call("us-east-1", "GetItem", {});
    await call("us-east-1", "UpdateItem", {});
    await call("us-east-1", "GetItem", {});
    return answer();
  }, ledger);
  await show(async () => answer(), ledger);
  await show(async () => {
    await call("us-east-1", "GetItem", {});
    await call("us-east-1", "Scan", {}).catch(() => {});
    return answer();
  }, ledger);
  eventType = "origin-response";
  await show(async () => answer(before()), ledger);
  eventType = "viewer-response";
  await show(async () => answer(before()));
  await show(async () => answer(field("x-bench-request-id", "a")));
  await show(async () => answer(field("x-bench-request-id", "a")), ledger);
  await show(async () => ({ uri: "/", headers: {} }), ledger);
  await show(async () => {
    await call("eu-west-1", "GetItem", {});
    return answer();
  }, ledger);
  server.close();
  server.closeAllConnections();
});
`
	cmd := exec.Command(node, "-e", script)
	cmd.Dir = "../node"
	cmd.Env = append(os.Environ(), "AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=nobodys", "AWS_SESSION_TOKEN=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	want := []string{"id | 1 | us-east-1 rru=1 wru=3", "id | 0 | -", "id | 0 | ", "a,b,id |  | ,us-east-1 wru=1,-", "a,b,id | 0 | ,us-east-1 wru=1,",
		"a,id | 0 | ", "a,id | 0 | ,-", " |  | "}
	for i := range want {
		if i >= len(lines) || strings.TrimRight(lines[i], " ") != strings.TrimRight(want[i], " ") {
			t.Fatalf("line %d of\n%s\nis not\n%s", i, out, want[i])
		}
	}
	// Over a border of Regions the bytes of both messages are told: what came back is
	// counted here by its parts.
	body := `{"ConsumedCapacity":{"CapacityUnits":0.5}}`
	back := len("HTTP/1.1 200 OK\r\nContent-Length: 42\r\nDate: -\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n") + len(body)
	if far := lines[len(lines)-1]; !strings.HasPrefix(far, "id | 0 | us-east-1>eu-west-1 rru=0.5 out=") || !strings.HasSuffix(far, fmt.Sprintf(" in=%d", back)) {
		t.Errorf("%q, want %d bytes back", far, back)
	}
}
