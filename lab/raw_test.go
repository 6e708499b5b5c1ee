package lab

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"frontdoor/front"
)

// raw is a function that knows of no door: what it returns is up to the test. Its
// arguments come on the command line, for a Lambda@Edge function has no
// environment variables.
func raw(mode string, args []string) {
	type result = json.RawMessage
	do := map[string]func(event json.RawMessage) (result, error){
		"returns":   func(json.RawMessage) (result, error) { return result(args[0]), nil },
		"errors":    func(json.RawMessage) (result, error) { return nil, errors.New("no bananas") },
		"panics":    func(json.RawMessage) (result, error) { panic("no bananas") },
		"exits":     func(json.RawMessage) (result, error) { os.Exit(3); return nil, nil },
		"sleeps":    func(json.RawMessage) (result, error) { time.Sleep(time.Hour); return nil, nil },
		"takes":     func(json.RawMessage) (result, error) { return takes(args[0], args[1]) },
		"waits":     func(json.RawMessage) (result, error) { wait(args[0]); return result(args[1]), nil },
		"tells":     func(json.RawMessage) (result, error) { return tells(args[0], args[1], args[2]) },
		"large":     func(json.RawMessage) (result, error) { return large(args[0], args[1]) },
		"echoes":    func(event json.RawMessage) (result, error) { return event, nil },
		"parameter": func(event json.RawMessage) (result, error) { return parameter(event, args[0]) },
		"forwards": func(event json.RawMessage) (result, error) {
			return forwarded(event, args...)
		},
	}
	if mode == "starts-slowly" { // longer than a health check waits for an answer
		time.Sleep(2100 * time.Millisecond)
		mode = "returns"
	}
	lambda.Start(func(_ context.Context, event json.RawMessage) (result, error) { return do[mode](event) })
}

// takes is a result after some time.
func takes(long, what string) (json.RawMessage, error) {
	d, err := time.ParseDuration(long)
	time.Sleep(d)
	return json.RawMessage(what), err
}

// wait says that it was reached, and goes on when the test says so.
func wait(gate string) {
	if err := os.WriteFile(gate+".reached", nil, 0o600); err != nil {
		panic(err)
	}
	awaitFile(gate)
}

func awaitFile(path string) {
	for {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// large is a result with a body of so many bytes, and what else the door wants.
func large(rest, bytes string) (json.RawMessage, error) {
	n, err := strconv.Atoi(bytes)
	return json.RawMessage(`{` + rest + `,"headers":{},"body":"` + strings.Repeat("x", n) + `"}`), err
}

// forwarded is the request of an edge event, handed on with one header changed
// when there are arguments.
func forwarded(event json.RawMessage, change ...string) (json.RawMessage, error) {
	var e struct {
		Records []struct {
			CF struct{ Request map[string]any }
		}
	}
	if err := json.Unmarshal(event, &e); err != nil {
		return nil, err
	}
	request := e.Records[0].CF.Request
	if len(change) > 0 {
		field := map[string]string{"key": change[0], "value": change[1]}
		request["headers"].(map[string]any)[strings.ToLower(change[0])] = []any{field}
	}
	return json.Marshal(request)
}

// parameter answers as the handlers of https://blog.nightonly.com (2022-05-10) do to
// a query, in the shape of the door that the event came from. At the edge they read
// the query with Python's parse_qs, which drops values that are blank.
func parameter(event json.RawMessage, name string) (json.RawMessage, error) {
	var e struct {
		QueryStringParameters map[string]string
		Records               []struct {
			CF struct{ Request struct{ QueryString string } }
		}
	}
	if err := json.Unmarshal(event, &e); err != nil {
		return nil, err
	}
	params := e.QueryStringParameters
	if len(e.Records) > 0 {
		values, err := url.ParseQuery(e.Records[0].CF.Request.QueryString)
		if err != nil {
			return nil, err
		}
		params = map[string]string{}
		for key := range values {
			if v := values.Get(key); v != "" {
				params[key] = v
			}
		}
	}
	status, body := 200, params[name]
	switch value, ok := params[name]; {
	case len(params) == 0:
		status, body = 400, "Not found parameter."
	case !ok:
		status, body = 400, "Not found parameter "+name+"."
	case value == "":
		status, body = 422, "Not exist parameter "+name+"."
	}
	if len(e.Records) > 0 {
		return json.Marshal(map[string]any{"status": strconv.Itoa(status), "body": body})
	}
	return json.Marshal(map[string]any{"statusCode": status, "statusDescription": strconv.Itoa(status) + " x", "headers": map[string]string{}, "body": body, "isBase64Encoded": false})
}

// rawFront is a front whose function is raw in the given mode.
func rawFront(t testing.TB, kind front.Kind, args ...string) Front {
	f := fronts(t, "raw", kind)[0]
	f.Command = append([]string{f.Command[0], "raw"}, args...)
	return f
}
