package front

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// REST API with Lambda custom ("non-proxy") integration, type AWS: the event is what
// the integration's request template makes of the request, and the answer is what
// its integration responses make of the function's JSON.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
//
// Identity.PassThrough chooses between two templates. Without it the integration
// has RequestTemplate, from which a handler learns as much as behind the other doors.
// With it there is no template and passthroughBehavior is when_no_match: the body
// itself is the event, and nothing else of the request reaches the function.
//
// Of the answer the default response has the function's JSON as its body and 200
// as its status: for a failed function too, unless a selection matches
// (Door.Failed).
func nonProxyDoor() Door {
	limits := restDoor().Limits
	return Door{
		Kind:    APIGatewayNonProxy,
		Name:    "API Gateway REST API, non-proxy",
		Limits:  limits,
		Event:   nonProxyEvent,
		Request: nonProxyRequest,
		Result:  nonProxyResult,
		Answer:  nonProxyAnswer,
		Fault:   nonProxyFault,
	}
}

// nonProxyFault differs from a proxy integration's where there is no answer that an
// integration response could make something of: 500, as for an API_CONFIGURATION_ERROR
// in https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
// (that a result over Lambda's limit is one is unconfirmed). A function that fails has
// an answer: Door.Failed.
func nonProxyFault(c Cause) Answer {
	switch c {
	case FunctionError, BadResult, ResponseTooLarge:
		return restFault(NoPermission)
	}
	return restFault(c)
}

// mapped is what RequestTemplate makes of a request.
type mapped struct {
	Body           json.RawMessage   `json:"body-json"`
	Params         mappedParams      `json:"params"`
	StageVariables map[string]string `json:"stage-variables"`
	Context        mappedContext     `json:"context"`
}

// mappedParams has one value for each name: $input.params() knows no lists. That it
// is the last of several is unconfirmed.
type mappedParams struct {
	Path        map[string]string `json:"path"`
	QueryString map[string]string `json:"querystring"`
	Header      map[string]string `json:"header"`
}

type mappedContext struct {
	AccountID    string `json:"account-id"`
	APIID        string `json:"api-id"`
	Method       string `json:"http-method"`
	Stage        string `json:"stage"`
	SourceIP     string `json:"source-ip"`
	UserAgent    string `json:"user-agent"`
	RequestID    string `json:"request-id"`
	ResourceID   string `json:"resource-id"`
	ResourcePath string `json:"resource-path"`
	Path         string `json:"path"` // with the stage
	Protocol     string `json:"protocol"`
	TimeEpoch    int64  `json:"request-time-epoch"`
}

func nonProxyEvent(r Request, id Identity) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	body, err := nonProxyBody(r.Body)
	if err != nil || id.PassThrough {
		return body, err
	}
	d := mapped{Body: body, StageVariables: map[string]string{}}
	d.Params.Header = make(map[string]string)
	for _, g := range groups(restHeader(r, id)) {
		d.Params.Header[g.name] = g.values[len(g.values)-1]
	}
	d.Params.QueryString = orEmpty(lasts(gather(params(r.RawQuery, decoded))))
	resource, _, parameters := restPath(path(r.Path))
	d.Params.Path = orEmpty(parameters)
	c := restRequestContext(r, id, resource)
	d.Context = mappedContext{
		AccountID: c.AccountID, APIID: c.APIID, Method: c.HTTPMethod, Stage: c.Stage, SourceIP: c.Identity.SourceIP,
		RequestID: c.RequestID, ResourceID: c.ResourceID, ResourcePath: resource,
		Path: c.Path, Protocol: c.Protocol, TimeEpoch: c.RequestTimeEpoch,
	}
	if c.Identity.UserAgent != nil {
		d.Context.UserAgent = *c.Identity.UserAgent
	}
	return marshal(d)
}

// nonProxyBody is a body as the integration hands it over: without one {}, as
// $input.json('$') has it (that passing through gives the same is unconfirmed). What
// is no JSON Lambda refuses, and the client is told so: the message is that of
// https://github.com/serverless/serverless/issues/3088 (2017) without the parser's
// own part, its status (400, Lambda's) unconfirmed.
func nonProxyBody(body []byte) (json.RawMessage, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return json.RawMessage(`{}`), nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, body); err != nil || !utf8.Valid(body) {
		return nil, refuse(APIGatewayNonProxy, nonProxyFault, BadRequest, "body is no JSON")
	}
	return compact.Bytes(), nil
}

// orEmpty is m, or an empty map: a template writes braces at least.
func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// nonProxyRequest takes any JSON. What is not of the template's shape is a body that
// was passed through; the event then says nothing else, and the request is taken to
// be POST /, which is all that the API of Identity.PassThrough has.
func nonProxyRequest(event []byte) (Request, error) {
	if !json.Valid(event) {
		return Request{}, errors.New("read REST API non-proxy event: it is no JSON")
	}
	var d mapped
	if err := json.Unmarshal(event, &d); err != nil || d.Context.Method == "" || d.Params.Header == nil {
		return Request{Method: http.MethodPost, Path: "/", Body: event, via: via{event: true}}, nil
	}
	c := d.Context
	r := Request{
		ID: c.RequestID, Time: time.UnixMilli(c.TimeEpoch).UTC(), Method: c.Method, Path: c.Path, Proto: c.Protocol,
		SourceIP: c.SourceIP, Header: fieldsOf(lists(d.Params.Header)), Params: lists(d.Params.QueryString),
		via: via{event: true},
	}
	r.RawQuery = url.Values(r.Params).Encode()
	if body := string(d.Body); body != "{}" {
		r.Body = []byte(body)
	}
	if p, ok := strings.CutPrefix(c.Path, stagePath(c.Stage)); ok && p != "" {
		r.Path = p
	}
	r.Host = r.Header.Get("Host")
	return r, nil
}

// Failed is a handler's answer that the door can only carry as a failed invocation,
// as AWS's page on Lambda errors advises: its text is the JSON with the status that
// an integration response's selection pattern looks for, such as
// .*"httpStatus":404.* in the text.
type Failed struct{ Answer Answer }

func (f *Failed) Error() string {
	text, err := json.Marshal(struct {
		Status int    `json:"httpStatus"`
		Body   string `json:"body"`
	}{f.Answer.Status, string(f.Answer.Body)})
	if err != nil {
		return fmt.Sprintf(`{"httpStatus":%d}`, f.Answer.Status) // cannot be: a number and a string
	}
	return string(text)
}

// nonProxyResult is the body alone: status and header fields are the API's to set,
// and so a status other than 200 is a *Failed. A body that is no JSON becomes a
// string, quotes and all.
func nonProxyResult(a Answer, _ Request) ([]byte, error) {
	if err := checkAnswer(a); err != nil {
		return nil, err
	}
	switch {
	case a.Status != http.StatusOK:
		return nil, &Failed{a}
	case len(a.Body) == 0:
		return []byte(`null`), nil
	case json.Valid(a.Body) && utf8.Valid(a.Body):
		return a.Body, nil
	case !utf8.Valid(a.Body):
		return nil, errors.New("a non-proxy integration cannot carry a body that is not UTF-8")
	}
	return marshal(string(a.Body))
}

func nonProxyAnswer(result []byte, _ Identity) (Answer, error) {
	if over(len(result), lambdaPayload) {
		return Answer{}, refuse(APIGatewayNonProxy, nonProxyFault, ResponseTooLarge, "result over 6 MB")
	}
	return nonProxyResponse(http.StatusOK, result), nil
}

// nonProxyResponse is an integration response without a template.
func nonProxyResponse(status int, body []byte) Answer {
	return Answer{Status: status, Header: Header{{"Content-Type", "application/json"}}, Body: textBytes(string(body))}
}
