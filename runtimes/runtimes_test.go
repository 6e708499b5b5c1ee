package runtimes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"frontdoor/lab/function"
	"frontdoor/runtimes"
)

// invoker runs a handler file behind the lab's Runtime API.
type invoker struct {
	*function.Function
	t      *testing.T
	logDir string
}

// serve writes the files and serves handler of them; it skips where the interpreter
// is missing.
func serve(t *testing.T, language, handler string, files map[string]string) invoker {
	t.Helper()
	command, err := runtimes.Command(language, handler)
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return start(t, command, dir)
}

func start(t *testing.T, command []string, dir string) invoker {
	t.Helper()
	logDir := t.TempDir()
	f, err := function.New(function.Config{
		Name: "us-east-1.f", Region: "ap-northeast-1", ARN: "arn:aws:lambda:us-east-1:123456789012:function:f:1", Version: "1",
		MemoryMB: 128, Timeout: 20 * time.Second, Command: command, Dir: dir, Concurrency: 1, LogDir: logDir,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return invoker{f, t, logDir}
}

// invoke is the result of one event: its payload, or its error.
func (i invoker) invoke(event string) function.Result {
	i.t.Helper()
	result, err := i.Invoke(context.Background(), []byte(event))
	if err != nil {
		i.t.Fatal(err)
	}
	i.Settle()
	return result
}

// fails invokes and wants an error of a type whose words match a pattern. The type
// of the runtime's own errors is all of "Runtime.X".
func (i invoker) fails(event, kind, words string) function.Result {
	i.t.Helper()
	r := i.invoke(event)
	if r.Error == nil || r.Error.Type != kind || !regexp.MustCompile(words).MatchString(r.Error.Message) {
		i.t.Errorf("event %s: error %+v, payload %s; want %s with %q\nlog:\n%s", event, r.Error, r.Payload, kind, words, i.log())
	}
	return r
}

// gives invokes and wants a payload.
func (i invoker) gives(event, payload string) {
	i.t.Helper()
	if r := i.invoke(event); r.Error != nil || string(r.Payload) != payload {
		i.t.Errorf("event %s: %s, error %+v; want %s\nlog:\n%s", event, r.Payload, r.Error, payload, i.log())
	}
}

func (i invoker) log() string {
	var all strings.Builder
	_ = filepath.WalkDir(i.logDir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			text, _ := os.ReadFile(path)
			all.Write(text)
		}
		return nil
	})
	return all.String()
}

const pythonHandlers = `
import decimal, json, logging, os

logger = logging.getLogger()
logger.setLevel(logging.INFO)
count = 0

def echo(event, context):
    global count
    count += 1
    logger.info("serving %s", context.aws_request_id)
    left = context.get_remaining_time_in_millis()
    return {"event": event, "count": count, "left": 0 < left <= 20000, "name": context.function_name, "mb": context.memory_limit_in_mb,
            "arn": context.invoked_function_arn, "id": len(context.aws_request_id), "cwd": os.path.exists("own.py"), "env": os.environ["AWS_EXECUTION_ENV"][:18]}

def odd(event, context):
    if event == "raise":
        return json.dumps({"n": decimal.Decimal("1.5")})
    if event == "decimal":
        return [decimal.Decimal("12"), decimal.Decimal("1.5")]
    if event == "object":
        return object()
    if event == "exit":
        raise SystemExit(3)
    return None
`

// Python: what a handler gets and how it fails, in the words of awslambdaric
// (github.com/aws/aws-lambda-python-runtime-interface-client, bootstrap.py and
// lambda_runtime_marshaller.py).
func TestPython(t *testing.T) {
	f := serve(t, runtimes.Python, "own.echo", map[string]string{"own.py": pythonHandlers})
	for n := 1; n <= 2; n++ {
		f.gives(`{"a": "ä"}`, fmt.Sprintf(`{"event": {"a": "\u00e4"}, "count": %d, "left": true, "name": "us-east-1.f", "mb": "128", "arn": "arn:aws:lambda:us-east-1:123456789012:function:f:1", "id": 36, "cwd": true, "env": "AWS_Lambda_python3"}`, n))
	}
	if log := f.log(); strings.Count(log, "[INFO]\t") != 2 || !regexp.MustCompile(`\[INFO\]\t\d{4}-\d\d-\d\dT[\d:.]{12}Z\t([0-9a-f-]{36})\tserving ([0-9a-f-]{36})\nEND`).MatchString(log) {
		t.Errorf("log:\n%s", log)
	}
	f = serve(t, runtimes.Python, "folder/own.odd", map[string]string{"folder/own.py": pythonHandlers})
	f.gives(`null`, `null`)
	f.gives(`"decimal"`, `[12, 1.5]`)
	f.fails(`"object"`, "Runtime.MarshalError", "^Unable to marshal response: Object of type object is not JSON serializable$")
	r := f.fails(`"raise"`, "TypeError", "^Object of type Decimal is not JSON serializable$")
	var document struct{ StackTrace []string }
	if err := json.Unmarshal(r.Payload, &document); err != nil || len(document.StackTrace) == 0 || !strings.Contains(document.StackTrace[0], `own.py", line`) {
		t.Errorf("%s, %v: the trace must begin in the handler's file", r.Payload, err)
	}
	f.fails(`"exit"`, "Runtime.ExitError", "exit status 3")
	f.gives(`null`, `null`) // in a new environment
}

func TestPythonThatCannotStart(t *testing.T) {
	files := map[string]string{"own.py": "import nothing_of_the_name", "wrong.py": "def f(:", "fails.py": "{}['x']", "right.py": "x = 1"}
	for handler, want := range map[string][2]string{
		"missing.f": {"Runtime.ImportModuleError", "^Unable to import module 'missing': No module named 'missing'$"},
		"own.f":     {"Runtime.ImportModuleError", "^Unable to import module 'own': No module named 'nothing_of_the_name'$"},
		"wrong.f":   {"Runtime.UserCodeSyntaxError", "^Syntax error in module 'wrong': "},
		"fails.f":   {"KeyError", "^'x'$"},
		"right.f":   {"Runtime.HandlerNotFound", "^Handler 'f' missing on module 'right'$"},
		"right":     {"Runtime.MalformedHandlerName", "^Bad handler 'right': "},
	} {
		serve(t, runtimes.Python, handler, files).fails(`{}`, want[0], want[1])
	}
}

const nodeHandlers = `
let count = 0;
exports.echo = async (event, context) => {
  console.log("serving", context.awsRequestId);
  const left = context.getRemainingTimeInMillis();
  return {event, count: ++count, left: left > 0 && left <= 20000, name: context.functionName, mb: context.memoryLimitInMB,
    arn: context.invokedFunctionArn, id: context.awsRequestId.length, cwd: require("fs").existsSync("own.js"), env: process.env.AWS_EXECUTION_ENV.replace(/\d+/, "N")};
};
exports.odd = (event, context, callback) => {
  switch (event) {
  case "callback": setTimeout(() => callback(null, "called back"), 5); break;
  case "late": callback(null, "first"); setTimeout(() => console.log("loop ran dry"), 5); break;
  case "early": context.callbackWaitsForEmptyEventLoop = false; callback(null, "early"); break;
  case "failed": callback(new RangeError("by callback")); break;
  case "succeed": context.succeed("done"); break;
  case "throw": throw new TypeError("thrown");
  case "string": return Promise.reject("a string");
  case "undefined": return Promise.resolve();
  case "uncaught": setTimeout(() => { throw new Error("nobody caught"); }, 1); break;
  }
};
exports.inner = {handler: async () => "inner"};
exports.nothing = 3;
`

// Node.js: what a handler gets and how it fails, in the words of aws-lambda-ric
// (github.com/aws/aws-lambda-nodejs-runtime-interface-client, UserFunction.js,
// CallbackContext.js and Errors.js).
func TestNodeJS(t *testing.T) {
	f := serve(t, runtimes.NodeJS, "own.echo", map[string]string{"own.js": nodeHandlers})
	for n := 1; n <= 2; n++ {
		f.gives(`{"a":"ä"}`, fmt.Sprintf(`{"event":{"a":"ä"},"count":%d,"left":true,"name":"us-east-1.f","mb":"128","arn":"arn:aws:lambda:us-east-1:123456789012:function:f:1","id":36,"cwd":true,"env":"AWS_Lambda_nodejsN.x"}`, n))
	}
	// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html shows the line.
	if log := f.log(); len(regexp.MustCompile(`(?m)^\d{4}-\d\d-\d\dT[\d:.]{12}Z\t[0-9a-f-]{36}\tINFO\tserving [0-9a-f-]{36}$`).FindAllString(log, -1)) != 2 {
		t.Errorf("log:\n%s", log)
	}
	f = serve(t, runtimes.NodeJS, "folder/own.odd", map[string]string{"folder/own.js": nodeHandlers})
	for event, payload := range map[string]string{
		`"callback"`: `"called back"`, `"late"`: `"first"`, `"early"`: `"early"`, `"succeed"`: `"done"`,
		`"undefined"`: `null`, `"neither"`: `null`, // nothing called back: the loop runs dry
	} {
		f.gives(event, payload)
	}
	if log := f.log(); !strings.Contains(log, "loop ran dry\nEND") {
		t.Errorf("the answer by callback did not wait for the event loop:\n%s", log)
	}
	f.fails(`"failed"`, "RangeError", "^by callback$")
	f.fails(`"string"`, "string", "^a string$")
	r := f.fails(`"throw"`, "TypeError", "^thrown$")
	var document struct{ Trace []string }
	if err := json.Unmarshal(r.Payload, &document); err != nil || len(document.Trace) < 2 || !strings.Contains(document.Trace[1], "own.js:") {
		t.Errorf("%s, %v: the trace must begin in the handler's file", r.Payload, err)
	}
	f.fails(`"uncaught"`, "Error", "^nobody caught$")
	f.gives(`"succeed"`, `"done"`) // in a new environment
	serve(t, runtimes.NodeJS, "own.inner.handler", map[string]string{"own.js": nodeHandlers}).gives(`{}`, `"inner"`)
}

func TestNodeJSModules(t *testing.T) {
	const module = "import {basename} from 'path';\nconst wait = await Promise.resolve(1);\nexport const handler = async () => basename('/x/module') + wait;"
	serve(t, runtimes.NodeJS, "index.handler", map[string]string{"index.mjs": module}).gives(`{}`, `"module1"`)
	serve(t, runtimes.NodeJS, "index.handler", map[string]string{"index.js": module, "package.json": `{"type":"module"}`}).gives(`{}`, `"module1"`)
	serve(t, runtimes.NodeJS, "index.handler", map[string]string{"index.cjs": "exports.handler = async () => 'common'"}).gives(`{}`, `"common"`)
	command, err := runtimes.Embedded(map[string]string{
		"index.js": "const {count} = require('./lib/b.js'); count(); exports.handler = require('./lib/a.js').handler",
		"lib/a.js": "const {count} = require('./b.js'); exports.handler = async () => count() + require('path').sep",
		"lib/b.js": "let n = 0; exports.count = () => ++n", // loaded once
	}, "index.handler")
	if err != nil {
		t.Fatal(err)
	}
	start(t, command, "").gives(`{}`, `"2/"`)
}

func TestNodeJSThatCannotStart(t *testing.T) {
	files := map[string]string{"own.js": nodeHandlers, "needs.js": "require('nothing-of-the-name')", "wrong.js": "function (", "fails.js": "null.x"}
	for handler, want := range map[string][2]string{
		"missing.f":   {"Runtime.ImportModuleError", "^Error: Cannot find module '.*missing'"},
		"needs.f":     {"Runtime.ImportModuleError", "^Error: Cannot find module 'nothing-of-the-name'"},
		"wrong.f":     {"Runtime.UserCodeSyntaxError", "^SyntaxError: "},
		"fails.f":     {"TypeError", "null"},
		"own.f":       {"Runtime.HandlerNotFound", "^own.f is undefined or not exported$"},
		"own.nothing": {"Runtime.HandlerNotFound", "^own.nothing is not a function$"},
		"own":         {"Runtime.MalformedHandlerName", "^Bad handler$"},
	} {
		serve(t, runtimes.NodeJS, handler, files).fails(`{}`, want[0], want[1])
	}
}

// What is knowable before anything runs is one error that says what would be right.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{"a.py", "b.mjs", "p/__init__.py", "p/q.py"} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ runtime, handler, want string }{
		{"python", "a.f", ""}, {"python", "p.f", ""}, {"python", "p.q.f", ""}, {"python", "p/q.f", ""}, {"nodejs", "b.f", ""}, {"nodejs", "b.inner.f", ""},
		{"ruby", "a.f", `unknown runtime "ruby": want python or nodejs`},
		{"python", "f", `runtime python: "f" is no handler: want FILE.FUNCTION such as lambda_function.lambda_handler`},
		{"python", "a.", `"a." is no handler`}, {"nodejs", ".f", `".f" is no handler`},
		{"python", "b.f", `runtime python: handler "b.f": there is no b.py or b/__init__.py in`},
		{"nodejs", "a.f", `runtime nodejs: handler "a.f": there is no a.js or a.mjs or a.cjs in`},
	} {
		if _, err := exec.LookPath(map[string]string{"python": "python3", "nodejs": "node"}[c.runtime]); err != nil && c.runtime != "ruby" {
			continue
		}
		err := runtimes.Check(c.runtime, c.handler, dir)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("Check(%s, %s) = %v, want %q", c.runtime, c.handler, err, c.want)
		}
	}
	t.Setenv("PATH", dir)
	if err := runtimes.Check("python", "a.f", dir); err == nil || !strings.Contains(err.Error(), "runtime python: python3 is not installed") {
		t.Errorf("without an interpreter: %v", err)
	}
}

// The clients are programs of their own too, as their first lines say.
func TestClientsAsPrograms(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"own.py": "def f(event, context):\n    return event['a']\n", "own.js": "exports.f = async (event) => event.a;\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for interpreter, client := range map[string]string{"python3": "client.py", "node": "client.js"} {
		program, err := exec.LookPath(interpreter)
		if err != nil {
			continue
		}
		path, err := filepath.Abs(client)
		if err != nil {
			t.Fatal(err)
		}
		start(t, []string{program, path, "own.f"}, dir).gives(`{"a":"b"}`, `"b"`)
	}
}
