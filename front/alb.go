package front

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// Application Load Balancer with a Lambda target group.
//
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
// (2023-06): request body 1 MB, response JSON 1 MB. Request line 16 KB, headers 64 KB:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#http-header-limits
// The function's timeout is Lambda's own.
func albDoor() Door {
	limits := lambdaLimits()
	limits.RequestBytes, limits.ResponseBytes = albPayload, albPayload
	limits.URIBytes, limits.HeaderBytes = 16<<10, 64<<10
	return Door{
		Kind:    ALB,
		Name:    "Application Load Balancer",
		Limits:  limits,
		Event:   albEvent,
		Request: albRequest,
		Result:  albResult,
		Answer:  albAnswer,
		Fault:   albFault,
	}
}

const albPayload = 1 << 20

// albFault: 413 and 502 as in lambda-functions.html and
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
// (2023-06); a function's timeout is a 502 too, and 504 is kept for the balancer's
// own connection timeout. The page is seen whole in
// https://github.com/awslabs/aws-lambda-go-api-proxy/issues/79.
func albFault(c Cause) Answer {
	code := http.StatusBadGateway
	switch c {
	case RequestTooLarge:
		code = http.StatusRequestEntityTooLarge
	case URITooLong:
		code = http.StatusRequestURITooLong
	case HeadersTooLarge:
		code = http.StatusBadRequest
	}
	title := fmt.Sprintf("%d %s", code, http.StatusText(code))
	return Answer{
		Status: code,
		Header: Header{{"Content-Type", "text/html"}, {"Server", "awselb/2.0"}},
		Body: fmt.Appendf(nil, "<html>\r\n<head><title>%[1]s</title></head>\r\n<body>\r\n"+
			"<center><h1>%[1]s</h1></center>\r\n</body>\r\n</html>\r\n", title),
	}
}

// albDocument is AWS's event in single-value mode, with the empty parameter map
// that events.ALBTargetGroupRequest leaves out. In multi-value mode the other two
// maps stand instead.
type albDocument struct {
	events.ALBTargetGroupRequest
	QueryStringParameters           *map[string]string   `json:"queryStringParameters,omitempty"`
	MultiValueQueryStringParameters *map[string][]string `json:"multiValueQueryStringParameters,omitempty"`
}

func albEvent(r Request, id Identity) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	var d albDocument
	d.RequestContext.ELB.TargetGroupArn = id.TargetGroupARN
	d.HTTPMethod, d.Path = r.Method, path(r.Path)
	multi := make(map[string][]string)
	for _, g := range groups(forwarded(r, id)) {
		multi[strings.ToLower(g.name)] = g.values
	}
	query := gather(params(r.RawQuery, asSent))
	if query == nil {
		query = make(map[string][]string)
	}
	single := lasts(multi) // of a repeated name the last value is sent
	if id.MultiValueHeaders {
		d.MultiValueHeaders, d.MultiValueQueryStringParameters = multi, &query
	} else {
		last := lasts(query)
		d.Headers, d.QueryStringParameters = single, &last
	}
	d.Body, d.IsBase64Encoded = encodeBody(r.Body, textBody(single["content-type"], single["content-encoding"]))
	return marshal(d)
}

// albRequest: an ALB event has no request id and no time, so both are the trace
// header's, and the client is the last hop of X-Forwarded-For.
func albRequest(event []byte) (Request, error) {
	var d events.ALBTargetGroupRequest
	if err := json.Unmarshal(event, &d); err != nil {
		return Request{}, fmt.Errorf("read ALB event: %w", err)
	}
	if d.RequestContext.ELB.TargetGroupArn == "" || d.HTTPMethod == "" {
		return Request{}, errors.New("read ALB event: no requestContext.elb.targetGroupArn and httpMethod")
	}
	body, err := decodeBody(d.Body, d.IsBase64Encoded)
	if err != nil {
		return Request{}, fmt.Errorf("read ALB event: %w", err)
	}
	r := Request{
		Method: d.HTTPMethod, Path: d.Path, Body: body, Params: d.MultiValueQueryStringParameters,
		via: via{event: true, multi: d.MultiValueHeaders != nil},
	}
	if r.via.multi {
		r.Header = fieldsOf(d.MultiValueHeaders)
	} else {
		r.Header, r.Params = fieldsOf(lists(d.Headers)), lists(d.QueryStringParameters)
	}
	r.RawQuery = rawQuery(r.Params)
	r.Host = r.Header.Get("Host")
	r.ID = r.Header.Get("X-Amzn-Trace-Id")
	r.Time = traceTime(r.ID)
	hops := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	r.SourceIP = strings.TrimSpace(hops[len(hops)-1])
	return r, nil
}

// rawQuery joins parameters that are still encoded.
func rawQuery(m map[string][]string) string {
	var b strings.Builder
	for _, f := range fieldsOf(m) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(f.Name + "=" + f.Value)
	}
	return b.String()
}

// albReply is a result: events.ALBTargetGroupResponse writes nulls, and a null
// in statusDescription, headers or body is a 502
// (https://github.com/aws/aws-lambda-dotnet/issues/507,
// https://github.com/awslabs/aws-lambda-go-api-proxy/issues/79,
// https://github.com/aws/aws-lambda-go/issues/438).
type albReply struct {
	StatusCode        int                 `json:"statusCode"`
	StatusDescription string              `json:"statusDescription"`
	Headers           map[string]string   `json:"headers,omitempty"`
	MultiValueHeaders map[string][]string `json:"multiValueHeaders,omitempty"`
	Body              string              `json:"body"`
	IsBase64Encoded   bool                `json:"isBase64Encoded"`
}

func albResult(a Answer, r Request) ([]byte, error) {
	if err := checkAnswer(a); err != nil {
		return nil, err
	}
	d := albReply{StatusCode: a.Status, StatusDescription: strings.TrimSpace(fmt.Sprintf("%d %s", a.Status, http.StatusText(a.Status)))}
	if r.via.multi {
		d.MultiValueHeaders = make(map[string][]string)
	} else {
		d.Headers = make(map[string]string)
	}
	for _, g := range groups(a.Header) {
		switch {
		case r.via.multi:
			d.MultiValueHeaders[g.name] = g.values
		case len(g.values) > 1 && strings.EqualFold(g.name, "Set-Cookie"):
			return nil, fmt.Errorf("%d Set-Cookie fields need a target group with multi-value headers", len(g.values))
		default:
			d.Headers[g.name] = strings.Join(g.values, ",")
		}
	}
	d.Body, d.IsBase64Encoded = encodeAnswerBody(a.Body)
	return marshal(d)
}

// albAnswer takes a number for statusCode and no string
// (https://github.com/adamchainz/apig-wsgi/issues/52), strings for header values
// (https://github.com/jeremydaly/lambda-api/issues/117), and headers only from the
// field of its mode.
func albAnswer(result []byte, id Identity) (Answer, error) {
	if over(len(result), albPayload) {
		return Answer{}, refuse(ALB, albFault, ResponseTooLarge, "result over 1 MB")
	}
	a, err := albDecode(result, id.MultiValueHeaders)
	if err != nil {
		return Answer{}, refuse(ALB, albFault, BadResult, err.Error())
	}
	return a, nil
}

func albDecode(result []byte, multi bool) (Answer, error) {
	o, ok := parseObject(result)
	if !ok {
		return Answer{}, errors.New("result is not an object")
	}
	own, other, read := "headers", "multiValueHeaders", singleHeaders
	if multi {
		own, other, read = other, own, listHeaders
	}
	for _, key := range []string{"statusCode", "statusDescription", own, "body", "isBase64Encoded"} {
		if o.null(key) {
			return Answer{}, fmt.Errorf("%s is null", key)
		}
	}
	if !o.has(own) && o.has(other) {
		return Answer{}, fmt.Errorf("%s where the target group's mode wants %s", other, own)
	}
	a := Answer{}
	if a.Status, ok = status(o["statusCode"], false); !ok {
		return Answer{}, fmt.Errorf("statusCode %s", o["statusCode"])
	}
	var description string
	if !o.read("statusDescription", &description) {
		return Answer{}, errors.New("statusDescription is not a string")
	}
	headers, ok := read(o[own], text)
	if !ok {
		return Answer{}, fmt.Errorf("%s have a value that is not a string", own)
	}
	if a.Body, ok = resultBody(o); !ok {
		return Answer{}, errors.New("body is not a string, or not the base64 that isBase64Encoded says")
	}
	a.Header = fieldsOf(headers).without(albDrops)
	return a, nil
}

// albDrops reports whether the balancer ignores a response header: hop-by-hop ones,
// and Content-Length, which it computes.
func albDrops(name string) bool {
	switch strings.ToLower(name) {
	case "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
		"trailer", "transfer-encoding", "upgrade", "content-length":
		return true
	}
	return false
}
