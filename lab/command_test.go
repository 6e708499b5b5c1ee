package lab

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/telemetry"
)

// A user's own bootstrap is any program that speaks the Runtime API. These two
// have nothing but their language's HTTP client, and answer what they were asked.

// urllib opens a connection for each call and closes it.
const pythonBootstrap = `
import json, os, urllib.request

base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(base + "next") as call:
        id = call.headers["Lambda-Runtime-Aws-Request-Id"]
        event = json.load(call)
    print("serving", id, flush=True)
    answer = {"statusCode": 200, "headers": {"content-type": "text/plain"},
              "body": event["rawPath"] + "?" + event["rawQueryString"] + " " + event.get("body", "")}
    urllib.request.urlopen(base + id + "/response", json.dumps(answer).encode()).read()
`

const nodeBootstrap = `
const http = require("http");
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");

function call(method, path, body, done) {
  const options = {host, port, method, path: "/2018-06-01/runtime/invocation/" + path};
  const request = http.request(options, (answer) => {
    let text = "";
    answer.on("data", (part) => text += part).on("end", () => done(answer.headers, text));
  });
  request.end(body);
}

function next() {
  call("GET", "next", undefined, (headers, text) => {
    const event = JSON.parse(text), id = headers["lambda-runtime-aws-request-id"];
    console.log("serving", id);
    const body = event.rawPath + "?" + event.rawQueryString + " " + (event.body || "");
    call("POST", id + "/response", JSON.stringify({statusCode: 200, headers: {"content-type": "text/plain"}, body}), next);
  });
}

next();
`

func TestOtherLanguages(t *testing.T) {
	for _, c := range []struct{ program, file, text string }{
		{"python3", "bootstrap.py", pythonBootstrap},
		{"node", "bootstrap.js", nodeBootstrap},
	} {
		t.Run(c.program, func(t *testing.T) {
			interpreter, err := exec.LookPath(c.program)
			if err != nil {
				t.Skipf("%s is not installed", c.program)
			}
			script := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(script, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			f := fronts(t, "own", front.APIGatewayHTTP)[0]
			f.Command, f.Timeout = []string{interpreter, script}, 30e9
			testBootstrap(t, serveLogged(t, f))
		})
	}
}

func testBootstrap(t *testing.T, l logged) {
	const requests = 5
	for i := range requests {
		a := request(t, "POST", l.url(0)+fmt.Sprintf("/jobs/%d?x=%d", i, i), fmt.Sprint("body ", i), "Content-Type", "text/plain")
		want := fmt.Sprintf("/jobs/%d?x=%d body %d", i, i, i)
		if a.status != 200 || a.body != want || a.header.Get("Content-Type") != "text/plain" {
			t.Fatalf("%d %q %v, want %q; the log:\n%s", a.status, a.body, a.header, want, l.logs(t))
		}
		l.Settle() // so that the next finds the environment free
	}
	logs := l.logs(t)
	reports, err := telemetry.ReadReports(l.dir).Next("")
	if err != nil || len(reports) != requests {
		t.Fatalf("%d reports, %v, want %d in\n%s", len(reports), err, requests, logs)
	}
	for i, r := range reports {
		if cold := r.InitUS > 0; cold != (i == 0) || r.Status != "" || r.DurationUS <= 0 {
			t.Errorf("report %d: %+v", i, r)
		}
		if !strings.Contains(logs, "\nserving "+r.RequestID+"\nEND RequestId: "+r.RequestID+"\n") {
			t.Errorf("what the function printed for %s is not before its END in\n%s", r.RequestID, logs)
		}
	}
	l.has(t, l.Fronts()[0], map[string]float64{"Invocations": requests, "Errors": 0})
}
