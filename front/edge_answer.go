package front

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"unicode/utf8"
)

// A function on a request event either answers in CloudFront's place or hands the
// request object on.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses-in-requests.html

// edgeReply is a generated response.
type edgeReply struct {
	Status            string                 `json:"status"`
	StatusDescription string                 `json:"statusDescription,omitempty"`
	Headers           map[string][]edgeField `json:"headers"`
	Body              *string                `json:"body,omitempty"`
	BodyEncoding      string                 `json:"bodyEncoding,omitempty"`
}

// name is the field's name: CloudFront makes one of the map's key when it is left out.
func (f edgeField) name(key string) string {
	if f.Key == "" {
		return textproto.CanonicalMIMEHeaderKey(key)
	}
	return f.Key
}

func edgeResult(k Kind, a Answer, _ Request) ([]byte, error) {
	if a.Forward != nil && k.Answers() {
		return edgeForwardResult(*a.Forward)
	}
	if err := checkAnswer(a); err != nil {
		return nil, err
	}
	d := edgeReplyOf(a, utf8Text)
	if body := string(a.Body); !utf8.Valid(a.Body) {
		body, d.BodyEncoding = base64.StdEncoding.EncodeToString(a.Body), "base64"
		d.Body = &body
	} else if len(a.Body) > 0 || a.Body != nil && !k.Answers() {
		d.Body = &body // at a response event an empty body takes the upstream's away
	}
	return marshal(d)
}

// edgeReplyOf is an answer as an object, without its body.
func edgeReplyOf(a Answer, text func(string) string) edgeReply {
	d := edgeReply{
		Status:            fmt.Sprint(a.Status),
		StatusDescription: http.StatusText(a.Status),
		Headers:           make(map[string][]edgeField),
	}
	for _, f := range a.Header {
		name := strings.ToLower(f.Name)
		d.Headers[name] = append(d.Headers[name], edgeField{Key: f.Name, Value: text(f.Value)})
	}
	return d
}

func edgeForwardResult(r Request) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	m := edgeRequestMessage(r, r.Header)
	if r.Body != nil {
		m.Body = &edgeBody{Action: "replace", Encoding: "base64", Data: base64.StdEncoding.EncodeToString(r.Body)}
	}
	return marshal(m)
}

func edgeAnswer(k Kind, result []byte) (Answer, error) {
	if !json.Valid(result) {
		// Words: https://github.com/serverless-nextjs/serverless-next.js/issues/525
		return Answer{}, edgeRefuse(k, "The Lambda function returned invalid json: The json output is not parsable.")
	}
	o, ok := parseObject(result)
	if !ok {
		// Words: https://github.com/aws-samples/react-ssr-lambda/issues/28
		return Answer{}, edgeRefuse(k, "The Lambda function returned invalid JSON: The JSON output must be an object type.")
	}
	if _, generated := o["status"]; !generated && o.has("method") && o.has("uri") && k.Answers() {
		return edgeForwarded(k, result)
	}
	a, err := edgeGenerated(k, o)
	switch {
	case err == errEdgeSize:
		return Answer{}, refuse(k, edgeFault, ResponseTooLarge, err.Error())
	case err != nil:
		return Answer{}, edgeRefuse(k, failedValidation+err.Error())
	}
	return a, nil
}

// errEdgeSize is the one invalid response with a cause of its own.
const errEdgeSize = invalid("headers and body are over the event's limit")

// invalid says what failed validation, in the words of CloudFront's page where
// those are known.
type invalid string

func (e invalid) Error() string { return string(e) }

// The beginning of every refusal, and the one that is known whole:
// https://github.com/CodeGenieApp/serverless-express/issues/369
const (
	failedValidation = "The Lambda function result failed validation: "
	readOnlyWords    = "The function tried to add, delete, or change a read-only header."
)

// edgeGenerated reads a response. AWS documents status as a string; a number is
// taken too, for a function in service answers so (`status: 200` in the handlers of
// https://blog.nightonly.com, 2022-05-10).
func edgeGenerated(k Kind, o object) (Answer, error) {
	var a Answer
	var ok bool
	if a.Status, ok = status(o["status"], true); !ok {
		return a, fmt.Errorf("status must be between %d and %d, not %q", minStatus, maxStatus, string(o["status"]))
	}
	var description, body, encoding string
	if !o.read("statusDescription", &description) || !o.read("body", &body) || !o.read("bodyEncoding", &encoding) {
		return a, invalid("statusDescription, body and bodyEncoding must be strings")
	}
	var err error
	if a.Header, err = edgeFields(k, o["headers"]); err != nil {
		return a, err
	}
	// Counted as returned, base64 included: "headers and body" is all that is stated.
	if size := a.Header.Size() + len(body); over(size, edgeLimits(k).ResponseBytes) {
		return a, errEdgeSize
	}
	if a.Status == http.StatusNoContent && body != "" {
		return a, invalid("a 204 must not have a body")
	}
	if a.Body, err = edgeDecode(body, encoding); err != nil || k.Answers() {
		return a, err
	}
	return a, edgeReplaced(k, o, &a)
}

// edgeFields reads headers: lists of objects with a string value, under their name.
func edgeFields(k Kind, raw json.RawMessage) (Header, error) {
	var m map[string][]struct {
		Key   string  `json:"key"`
		Value *string `json:"value"`
	}
	if len(raw) > 0 && json.Unmarshal(raw, &m) != nil {
		return nil, invalid("headers must be lists of objects with key and value")
	}
	h := make(Header, 0, len(m))
	for key, fields := range m {
		for _, f := range fields {
			name := edgeField{Key: f.Key}.name(key)
			switch {
			case f.Value == nil || !isToken(name) || !isValue(*f.Value) || !strings.EqualFold(name, key):
				return nil, fmt.Errorf("invalid header %q", key)
			case EdgeDisallows(name):
				return nil, fmt.Errorf("the function tried to add the disallowed header %q", name)
			case EdgeReadOnly(k, name) && k.Answers(): // on a response event it may be there: see CheckResponse
				return nil, invalid(readOnlyWords)
			case k == EdgeViewerRequest && strings.EqualFold(name, "CloudFront-Viewer-Country"):
				return nil, fmt.Errorf("the function tried to add %q", name)
			}
			h = append(h, Field{name, *f.Value})
		}
	}
	h.sort()
	return h, nil
}

func edgeDecode(body, encoding string) ([]byte, error) {
	switch encoding {
	case "", "text":
		return textBytes(body), nil
	case "base64":
		b, err := base64.StdEncoding.DecodeString(body)
		if err != nil {
			return nil, invalid("body is not base64")
		}
		return b, nil
	}
	return nil, fmt.Errorf("bodyEncoding %q is neither text nor base64", encoding)
}

// edgeForwarded reads a request object. What it may not change is up to CheckForward.
func edgeForwarded(k Kind, result []byte) (Answer, error) {
	var m edgeMessage
	if err := json.Unmarshal(result, &m); err != nil {
		return Answer{}, edgeRefuse(k, failedValidation+"request object of another shape")
	}
	r := m.request()
	if m.Body != nil && m.Body.Action == "replace" {
		body, err := edgeDecode(m.Body.Data, m.Body.Encoding)
		if err != nil {
			return Answer{}, edgeRefuse(k, failedValidation+err.Error())
		}
		r.Body = append([]byte{}, body...)
		if over(len(m.Body.Data), edgeReplaceLimit(k, m.Body.Encoding)) {
			return Answer{}, edgeRefuse(k, failedValidation+"request body too large")
		}
	}
	return Answer{Forward: &r}, nil
}

// edgeReplaceLimit is the size of a replaced body: 40 KB or 53.2 KB in base64 on
// viewer-request, 1 MB or 1.33 MB on origin-request (cloudfront-limits.html, 2023-05).
func edgeReplaceLimit(k Kind, encoding string) int {
	limit := edgeLimits(k).BodyShown
	if encoding == "base64" {
		return limit * 133 / 100
	}
	return limit
}

// CheckForward refuses, with a *Fault, a request that an edge function handed on
// with changes that CloudFront does not allow. before is the request of the event.
func CheckForward(k Kind, before, after Request) error {
	if k == CloudFrontFunction {
		return cffCheckForward(before, after)
	}
	const words = failedValidation
	switch {
	case before.Method != after.Method || before.SourceIP != after.SourceIP:
		return edgeRefuse(k, words+"method and clientIp are read-only")
	case !strings.HasPrefix(after.Path, "/"):
		return edgeRefuse(k, words+"uri must begin with a slash")
	case over(len(after.Path)+1+len(after.RawQuery), edgeLimits(k).URIBytes):
		return edgeRefuse(k, words+"uri and querystring too long")
	case strings.ContainsFunc(after.RawQuery, func(c rune) bool { return c <= ' ' || c == '#' || c == 0x7f }):
		return edgeRefuse(k, words+"querystring has spaces, control characters or #")
	}
	for _, f := range append(slices.Clone(before.Header), after.Header...) {
		was, is := before.Header.Values(f.Name), after.Header.Values(f.Name)
		switch {
		case !isToken(f.Name) || !isValue(f.Value):
			return edgeRefuse(k, words+"invalid header "+f.Name)
		case slices.Equal(was, is):
		case EdgeReadOnly(k, f.Name):
			return edgeRefuse(k, words+readOnlyWords)
		case EdgeDisallows(f.Name):
			return edgeRefuse(k, words+"the function tried to add the disallowed header "+f.Name)
		case k == EdgeViewerRequest && len(was) == 0 && strings.EqualFold(f.Name, "CloudFront-Viewer-Country"):
			return edgeRefuse(k, words+"the function tried to add CloudFront-Viewer-Country")
		}
	}
	return nil
}
