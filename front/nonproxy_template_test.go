package front_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

var update = flag.Bool("update", false, "render anew what testdata holds; see testdata/Render.java")

const renderedFile = "testdata/nonproxy_rendered.json"

// renderings is what Velocity made of the template, by case, and of which template.
type renderings struct {
	Template string // SHA-256
	Rendered map[string]string
}

// mapping is a request, and what API Gateway's variables are for it: group, name, value.
type mapping struct {
	name    string
	request front.Request
	given   [][3]string
}

// mappings are requests that try the template. The values are written by hand after
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html,
// not taken from the door.
func mappings() []mapping {
	const trace = "Root=1-5e9f0c65-9456bdfa12ea76959c94a357"
	at := time.UnixMilli(1587481701067).UTC()
	request := func(method, path, query, body string, fields ...string) front.Request {
		r := front.Request{ID: "req-1", Time: at, Method: method, Path: path, RawQuery: query, Proto: "HTTP/1.1", Host: "abc123.execute-api.us-east-1.amazonaws.com", SourceIP: "203.0.113.7", Body: []byte(body)}
		fields = append(fields, "X-Amzn-Trace-Id", trace)
		for i := 0; i < len(fields); i += 2 {
			r.Header = append(r.Header, front.Field{Name: fields[i], Value: fields[i+1]})
		}
		return r
	}
	given := func(method, resource, path string, more ...[3]string) [][3]string {
		return append([][3]string{
			{"context", "accountId", "123456789012"}, {"context", "apiId", "abc123"}, {"context", "stage", "test"}, {"context", "resourceId", "res1"},
			{"context", "requestId", "req-1"}, {"context", "protocol", "HTTP/1.1"}, {"context", "requestTimeEpoch", "1587481701067"}, {"identity", "sourceIp", "203.0.113.7"},
			{"context", "httpMethod", method}, {"context", "resourcePath", resource}, {"context", "path", path},
			{"header", "Host", "abc123.execute-api.us-east-1.amazonaws.com"}, {"header", "X-Forwarded-For", "203.0.113.7"}, {"header", "X-Forwarded-Port", "443"}, {"header", "X-Forwarded-Proto", "https"}, {"header", "X-Amzn-Trace-Id", trace},
		}, more...)
	}
	return []mapping{
		{"no body, no agent", request("GET", "/", "", ""), given("GET", "/", "/test/")},
		{"an agent with quotes", request("HEAD", "/a/b", "", "", "User-Agent", `it's "curl" \ 8/x`),
			given("HEAD", "/{proxy+}", "/test/a/b", [3]string{"path", "proxy", "a/b"}, [3]string{"header", "User-Agent", `it's "curl" \ 8/x`}, [3]string{"identity", "userAgent", `it's "curl" \ 8/x`})},
		{"a query", request("GET", "/it's", "q=a+b&it's=%22%5C&x=&u=%C3%BC%E2%82%AC%F0%9F%98%80", "", "User-Agent", "bench"),
			given("GET", "/{proxy+}", "/test/it's", [3]string{"path", "proxy", "it's"}, [3]string{"header", "User-Agent", "bench"}, [3]string{"identity", "userAgent", "bench"},
				[3]string{"querystring", "q", "a b"}, [3]string{"querystring", "it's", `"\`}, [3]string{"querystring", "x", ""}, [3]string{"querystring", "u", "ü€😀"})},
		{"references of Velocity's", request("GET", "/", "q=%24context.stage%20%23set(%24a%3D1)%20%24input.body", "", "X-A", "${context} #end ## $!util"),
			given("GET", "/", "/test/", [3]string{"header", "X-A", "${context} #end ## $!util"}, [3]string{"querystring", "q", "$context.stage #set($a=1) $input.body"})},
		{"a body", request("POST", "/items", "", `{"a":[1,2.5,null,{"b":"it's \"x\" \\ ü"}]}`, "Content-Type", "application/json"),
			given("POST", "/{proxy+}", "/test/items", [3]string{"path", "proxy", "items"}, [3]string{"header", "Content-Type", "application/json"}, [3]string{"body", "", `{"a":[1,2.5,null,{"b":"it's \"x\" \\ ü"}]}`})},
		{"a body that is text", request("PUT", "/", "", `"just text"`), given("PUT", "/", "/test/", [3]string{"body", "", `"just text"`})},
	}
}

// What the door makes of a request is what Velocity makes of the template. Velocity's
// part is recorded, so that the test needs no Java.
func TestRequestTemplate(t *testing.T) {
	if *update {
		record(t)
	}
	text, err := os.ReadFile(renderedFile)
	if err != nil {
		t.Fatal(err)
	}
	var recorded renderings
	if err := json.Unmarshal(text, &recorded); err != nil {
		t.Fatal(err)
	}
	if recorded.Template != templateSum() {
		t.Error("front/nonproxy.vtl is not the template that was rendered: testdata/Render.java says how to render it")
	}
	for _, c := range mappings() {
		var want map[string]any
		if err := json.Unmarshal([]byte(recorded.Rendered[c.name]), &want); err != nil {
			t.Errorf("%s: Velocity's output is no JSON: %v", c.name, err)
		}
		if got := eventOf(t, front.APIGatewayNonProxy, c.request, identity()); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the door has %v, Velocity %v", c.name, got, want)
		}
	}
}

func templateSum() string {
	sum := sha256.Sum256([]byte(front.RequestTemplate()))
	return hex.EncodeToString(sum[:])
}

// record has Velocity render the template for each case.
func record(t *testing.T) {
	t.Helper()
	r := renderings{templateSum(), map[string]string{}}
	for _, c := range mappings() {
		var in, out, problems bytes.Buffer
		for _, g := range c.given {
			fmt.Fprintf(&in, "%s\t%s\t%s\n", g[0], g[1], base64.StdEncoding.EncodeToString([]byte(g[2])))
		}
		cmd := exec.CommandContext(t.Context(), "java", "-cp", os.Getenv("VELOCITY"), "testdata/Render.java", "nonproxy.vtl")
		cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &problems
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %s", err, problems.String())
		}
		r.Rendered[c.name] = strings.TrimSpace(out.String())
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(renderedFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
