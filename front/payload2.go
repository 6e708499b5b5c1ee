package front

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// Payload format version 2.0, which HTTP API and function URL share.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html (2023-06)

// QuotesBareString says whether a client gets a JSON string that a function
// returned without statusCode with its quotes. The table in urls-invocation.html
// counts 15 bytes for "Hello, world!", with quotes; a recording against AWS of
// 2025-11-24 (LocalStack, tests/aws/services/lambda_/test_lambda.snapshot.json) has
// `hello` in 5 bytes, without. This follows the recording; it was made on a
// function URL, and that an HTTP API does the same is unconfirmed.
const QuotesBareString = false

// payload2 is AWS's event: events.APIGatewayV2HTTPRequest always writes
// authentication, with an empty certificate in it.
type payload2 struct {
	events.APIGatewayV2HTTPRequest
	RequestContext payload2Context `json:"requestContext"`
}

type payload2Context struct {
	events.APIGatewayV2HTTPRequestContext
	Authentication json.RawMessage `json:"authentication,omitempty"` // null in a URL's events, absent in an API's
}

// payload2Event is the event of either door; h has the door's own headers already.
func payload2Event(r Request, id Identity, h Header, authentication string) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	var d payload2
	d.Version, d.RouteKey = "2.0", "$default"
	d.RawPath = stagePath(id.Stage) + path(r.Path)
	d.RawQueryString = utf8Text(r.RawQuery)
	d.Headers = make(map[string]string)
	for _, g := range groups(h) {
		if name := strings.ToLower(g.name); name == "cookie" {
			d.Cookies = cookies(g.values)
		} else {
			d.Headers[name] = strings.Join(g.values, ",")
		}
	}
	if ps := gather(params(r.RawQuery, decoded)); ps != nil {
		d.QueryStringParameters = make(map[string]string, len(ps))
		for key, values := range ps {
			d.QueryStringParameters[key] = strings.Join(values, ",")
		}
	}
	d.Body, d.IsBase64Encoded = encodeBody(r.Body, textBody(d.Headers["content-type"], d.Headers["content-encoding"]))

	c := &d.RequestContext
	c.AccountID, c.APIID, c.Stage, c.RouteKey = id.AccountID, id.APIID, id.Stage, "$default"
	c.DomainName, c.DomainPrefix = id.DomainName, id.domainPrefix()
	c.RequestID, c.Time, c.TimeEpoch = utf8Text(r.ID), eventTime(r.Time), r.Time.UnixMilli()
	c.HTTP = events.APIGatewayV2HTTPRequestContextHTTPDescription{
		Method: r.Method, Path: d.RawPath, Protocol: utf8Text(r.Proto),
		SourceIP: utf8Text(r.SourceIP), UserAgent: d.Headers["user-agent"],
	}
	c.Authentication = json.RawMessage(authentication)
	return marshal(d)
}

// cookies splits Cookie fields into cookies.
func cookies(values []string) []string {
	var out []string
	for _, v := range values {
		for c := range strings.SplitSeq(v, ";") {
			if c = strings.TrimSpace(c); c != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

func payload2Request(event []byte) (Request, error) {
	var d events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(event, &d); err != nil {
		return Request{}, fmt.Errorf("read payload 2.0 event: %w", err)
	}
	c := d.RequestContext
	if d.Version != "2.0" || c.HTTP.Method == "" {
		return Request{}, fmt.Errorf("read payload 2.0 event: version %q, method %q", d.Version, c.HTTP.Method)
	}
	body, err := decodeBody(d.Body, d.IsBase64Encoded)
	if err != nil {
		return Request{}, fmt.Errorf("read payload 2.0 event: %w", err)
	}
	h := fieldsOf(lists(d.Headers))
	if len(d.Cookies) > 0 {
		h = append(h, Field{"cookie", strings.Join(d.Cookies, "; ")})
		h.sort()
	}
	p := d.RawPath
	if below, ok := strings.CutPrefix(p, stagePath(c.Stage)); ok && below != "" {
		p = below
	}
	return Request{
		ID: c.RequestID, Time: time.UnixMilli(c.TimeEpoch).UTC(),
		Method: c.HTTP.Method, Path: p, RawQuery: d.RawQueryString, Proto: c.HTTP.Protocol,
		Host: h.Get("Host"), SourceIP: c.HTTP.SourceIP, Header: h, Body: body,
		Params: lists(d.QueryStringParameters),
		via:    via{event: true},
	}, nil
}

// payload2Result is the result of a handler, for either door.
// events.APIGatewayV2HTTPResponse would write multiValueHeaders and nulls.
type payload2Result struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Cookies         []string          `json:"cookies,omitempty"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

func payload2Encode(a Answer, _ Request) ([]byte, error) {
	if err := checkAnswer(a); err != nil {
		return nil, err
	}
	d := payload2Result{StatusCode: a.Status, Headers: make(map[string]string)}
	for _, g := range groups(a.Header) {
		if strings.EqualFold(g.name, "Set-Cookie") {
			d.Cookies = g.values
		} else {
			d.Headers[g.name] = strings.Join(g.values, ",")
		}
	}
	d.Body, d.IsBase64Encoded = encodeAnswerBody(a.Body)
	return marshal(d)
}

// payload2Decode reads a result: with a statusCode it is a response, without one
// any JSON is the body of a 200. contentType is what the door sends when the
// response names none.
func payload2Decode(result []byte, contentType string) (Answer, error) {
	if !json.Valid(result) {
		return Answer{}, errors.New("result is not JSON")
	}
	o, ok := parseObject(result)
	if !ok || !o.has("statusCode") {
		return payload2Infer(result)
	}
	a := Answer{}
	if a.Status, ok = status(o["statusCode"], true); !ok {
		return Answer{}, fmt.Errorf("statusCode %s", o["statusCode"])
	}
	headers, ok := singleHeaders(o["headers"], scalar)
	if !ok {
		return Answer{}, errors.New("headers are not an object of scalars")
	}
	var setCookies []string
	if !o.read("cookies", &setCookies) || slices.ContainsFunc(setCookies, func(c string) bool { return !isValue(c) }) {
		return Answer{}, errors.New("cookies are not a list of strings")
	}
	if a.Body, ok = resultBody(o); !ok {
		return Answer{}, errors.New("body is not a string, or not the base64 that isBase64Encoded says")
	}
	a.Header = fieldsOf(headers)
	if a.Header.Get("Content-Type") == "" {
		a.Header = append(a.Header, Field{"Content-Type", contentType})
	}
	for _, c := range setCookies {
		a.Header = append(a.Header, Field{"Set-Cookie", c})
	}
	a.Header.sort()
	return a, nil
}

// payload2Infer makes a response of a result that is none.
func payload2Infer(result []byte) (Answer, error) {
	var body bytes.Buffer
	if err := json.Compact(&body, result); err != nil {
		return Answer{}, err
	}
	var s string
	if !QuotesBareString && json.Unmarshal(body.Bytes(), &s) == nil && body.Bytes()[0] == '"' {
		body.Reset()
		body.WriteString(s)
	}
	return Answer{
		Status: http.StatusOK,
		Header: Header{{"Content-Type", "application/json"}},
		Body:   textBytes(body.String()),
	}, nil
}

// payload2Refusing turns decoding errors into the door's fault.
func payload2Refusing(k Kind, contentType string, fault func(Cause) Answer) func([]byte, Identity) (Answer, error) {
	return func(result []byte, _ Identity) (Answer, error) {
		if over(len(result), lambdaPayload) {
			return Answer{}, refuse(k, fault, ResponseTooLarge, "result over 6 MB")
		}
		a, err := payload2Decode(result, contentType)
		if err != nil {
			return Answer{}, refuse(k, fault, BadResult, err.Error())
		}
		return a, nil
	}
}
