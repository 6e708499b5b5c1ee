package front

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// REST API with Lambda proxy integration: a /{proxy+} resource and the root, no
// binaryMediaTypes, on a Regional endpoint unless Identity.EdgeOptimized.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html (2023-06): 10 MB
// payload, 10,240 B of headers, 50 ms to 29 s. Lambda's 6 MB binds before the 10 MB.
// Regional APIs may have more than 29 s since 2024-06; this is the default.
// What the documents leave open follows the recordings against AWS in LocalStack's
// tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json (2024-07).
func restDoor() Door {
	limits := lambdaLimits()
	limits.HeaderBytes = gatewayHeaders
	limits.MinTimeout, limits.MaxTimeout = 50*time.Millisecond, 29*time.Second
	return Door{
		Kind:    APIGatewayREST,
		Name:    "API Gateway REST API",
		Limits:  limits,
		Event:   restEvent,
		Request: restRequest,
		Result:  restResult,
		Answer:  restAnswer,
		Fault:   restFault,
	}
}

// restFault is the default gateway responses: 502, 504 and 429 as in
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html,
// 500 for a missing permission as users see it. 403 and 429 for keys, methods and
// quotas are MISSING_AUTHENTICATION_TOKEN, INVALID_API_KEY and QUOTA_EXCEEDED there,
// whose messages are as users report them: "Limit Exceeded" in
// https://repost.aws/knowledge-center/api-gateway-429-limit, the JSON around it
// unconfirmed. The answers to requests that are
// too large (413, 414, 431) are unconfirmed.
func restFault(c Cause) Answer {
	const internal = `{"message": "Internal server error"}`
	return faults("application/json", map[Cause]refusal{
		FunctionError:    {http.StatusBadGateway, internal},
		BadResult:        {http.StatusBadGateway, internal},
		ResponseTooLarge: {http.StatusBadGateway, internal},
		Timeout:          {http.StatusGatewayTimeout, `{"message": "Endpoint request timed out"}`},
		Throttled:        {http.StatusTooManyRequests, `{"message":"Too Many Requests"}`},
		RequestTooLarge:  {http.StatusRequestEntityTooLarge, `{"message":"Request Too Long"}`},
		HeadersTooLarge:  {http.StatusRequestHeaderFieldsTooLarge, `{"message":"Request Header Fields Too Large"}`},
		URITooLong:       {http.StatusRequestURITooLong, `{"message":"Request-URI Too Long"}`},
		NoPermission:     {http.StatusInternalServerError, internal},
		NoMethod:         {http.StatusForbidden, `{"message":"Missing Authentication Token"}`},
		Forbidden:        {http.StatusForbidden, `{"message":"Forbidden"}`},
		QuotaExceeded:    {http.StatusTooManyRequests, `{"message":"Limit Exceeded"}`},
		BadRequest:       {http.StatusBadRequest, `{"message": "Could not parse request body into json"}`},
	})(c)
}

// restDocument is AWS's event: events.APIGatewayProxyRequest has no null body, no
// deployment id, and leaves out the nulls of identity.
type restDocument struct {
	events.APIGatewayProxyRequest
	Body            *string     `json:"body"`
	IsBase64Encoded bool        `json:"isBase64Encoded"`
	RequestContext  restContext `json:"requestContext"`
}

type restContext struct {
	events.APIGatewayProxyRequestContext
	Authorizer   map[string]any `json:"authorizer,omitempty"`
	DeploymentID string         `json:"deploymentId"`
	Identity     restIdentity   `json:"identity"`
}

// restIdentity has the 12 fields of an unauthenticated call, null but two.
type restIdentity struct {
	AccessKey                     *string `json:"accessKey"`
	AccountID                     *string `json:"accountId"`
	Caller                        *string `json:"caller"`
	CognitoAuthenticationProvider *string `json:"cognitoAuthenticationProvider"`
	CognitoAuthenticationType     *string `json:"cognitoAuthenticationType"`
	CognitoIdentityID             *string `json:"cognitoIdentityId"`
	CognitoIdentityPoolID         *string `json:"cognitoIdentityPoolId"`
	PrincipalOrgID                *string `json:"principalOrgId"`
	SourceIP                      string  `json:"sourceIp"`
	User                          *string `json:"user"`
	UserAgent                     *string `json:"userAgent"`
	UserARN                       *string `json:"userArn"`
}

func restEvent(r Request, id Identity) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	var d restDocument
	d.HTTPMethod = r.Method
	d.Resource, d.Path, d.PathParameters = restPath(path(r.Path))
	d.MultiValueQueryStringParameters = gather(params(r.RawQuery, decoded))
	d.QueryStringParameters = lasts(d.MultiValueQueryStringParameters)
	d.MultiValueHeaders = make(map[string][]string)
	for _, g := range groups(restHeader(r, id)) {
		d.MultiValueHeaders[g.name] = g.values // names keep the case in which they were sent
	}
	d.Headers = lasts(d.MultiValueHeaders)
	if len(r.Body) > 0 {
		// Without binaryMediaTypes a body is text, whatever its type.
		body := utf8Text(string(r.Body))
		d.Body = &body
	}
	d.RequestContext = restRequestContext(r, id, d.Resource)
	return marshal(d)
}

// restPath is what the /{proxy+} resource makes of a path: leading slashes become
// one, a trailing one is kept in path and not in the parameter, and nothing is decoded.
func restPath(p string) (resource, path string, parameters map[string]string) {
	trimmed := strings.TrimLeft(p, "/")
	proxy := strings.TrimRight(trimmed, "/")
	if proxy == "" {
		return "/", "/", nil
	}
	return "/{proxy+}", "/" + trimmed, map[string]string{"proxy": proxy}
}

func restRequestContext(r Request, id Identity, resource string) restContext {
	var c restContext
	c.AccountID, c.APIID, c.Stage = id.AccountID, id.APIID, id.Stage
	c.DeploymentID, c.ResourceID = id.DeploymentID, id.ResourceID
	c.DomainName, c.DomainPrefix = id.DomainName, id.domainPrefix()
	c.RequestID, c.ExtendedRequestID = utf8Text(r.ID), utf8Text(r.ID)
	c.HTTPMethod, c.Protocol = r.Method, utf8Text(r.Proto)
	c.Path, c.ResourcePath = stagePath(id.Stage)+path(r.Path), resource
	c.RequestTime, c.RequestTimeEpoch = eventTime(r.Time), r.Time.UnixMilli()
	c.Identity.SourceIP = utf8Text(r.SourceIP)
	if agent := r.Header.Values("User-Agent"); len(agent) > 0 {
		last := utf8Text(agent[len(agent)-1])
		c.Identity.UserAgent = &last
	}
	return c
}

func restRequest(event []byte) (Request, error) {
	var d events.APIGatewayProxyRequest
	if err := json.Unmarshal(event, &d); err != nil {
		return Request{}, fmt.Errorf("read REST API event: %w", err)
	}
	c := d.RequestContext
	if d.HTTPMethod == "" || c.HTTPMethod == "" {
		return Request{}, fmt.Errorf("read REST API event: no httpMethod and requestContext.httpMethod")
	}
	body, err := decodeBody(d.Body, d.IsBase64Encoded)
	if err != nil {
		return Request{}, fmt.Errorf("read REST API event: %w", err)
	}
	if d.MultiValueHeaders == nil {
		d.MultiValueHeaders = lists(d.Headers)
	}
	if d.MultiValueQueryStringParameters == nil {
		d.MultiValueQueryStringParameters = lists(d.QueryStringParameters)
	}
	r := Request{
		ID: c.RequestID, Time: time.UnixMilli(c.RequestTimeEpoch).UTC(),
		Method: d.HTTPMethod, Path: d.Path, Proto: c.Protocol, SourceIP: c.Identity.SourceIP,
		RawQuery: url.Values(d.MultiValueQueryStringParameters).Encode(),
		Header:   fieldsOf(d.MultiValueHeaders), Body: body,
		Params: d.MultiValueQueryStringParameters,
		via:    via{event: true},
	}
	// requestContext.path has the path as sent, slashes and all, below the stage; a
	// custom domain's base path stands there instead, and then path must do.
	if p, ok := strings.CutPrefix(c.Path, stagePath(c.Stage)); ok && p != "" {
		r.Path = p
	}
	r.Host = r.Header.Get("Host")
	return r, nil
}

func restResult(a Answer, _ Request) ([]byte, error) {
	if err := checkAnswer(a); err != nil {
		return nil, err
	}
	d := events.APIGatewayProxyResponse{
		StatusCode:        a.Status,
		MultiValueHeaders: make(map[string][]string),
	}
	for _, g := range groups(a.Header) {
		d.MultiValueHeaders[g.name] = g.values
	}
	// Base64 would reach the client undecoded without binaryMediaTypes.
	if !utf8.Valid(a.Body) {
		return nil, errors.New("a REST API without binaryMediaTypes cannot carry a body that is not UTF-8")
	}
	d.Body = string(a.Body)
	return marshal(d)
}

// restAnswer follows the recorded table: keys that are not known fail the answer,
// a missing statusCode is 200, single and multi-value headers merge, and
// isBase64Encoded is not looked at without binaryMediaTypes. base64Encoded is the
// older name that SAM CLI (samcli/local/apigw/local_apigw_service.py) found taken.
func restAnswer(result []byte, _ Identity) (Answer, error) {
	if over(len(result), lambdaPayload) {
		return Answer{}, refuse(APIGatewayREST, restFault, ResponseTooLarge, "result over 6 MB")
	}
	o, ok := parseObject(result)
	if !ok {
		return Answer{}, restRefuse("result is not an object")
	}
	for key := range o {
		switch key {
		case "statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "base64Encoded":
		default:
			return Answer{}, restRefuse(fmt.Sprintf("unknown key %q", key))
		}
	}
	a := Answer{Status: http.StatusOK}
	if o.has("statusCode") {
		if a.Status, ok = status(o["statusCode"], true); !ok {
			return Answer{}, restRefuse(fmt.Sprintf("statusCode %s", o["statusCode"]))
		}
	}
	var body string
	if !o.read("body", &body) {
		return Answer{}, restRefuse("body is not a string")
	}
	a.Body = textBytes(body)
	single, ok := singleHeaders(o["headers"], scalar)
	multi, ok2 := listHeaders(o["multiValueHeaders"], scalar)
	if !ok || !ok2 {
		return Answer{}, restRefuse("headers or multiValueHeaders are not what they must be")
	}
	a.Header = restMerge(single, multi)
	if a.Header.Get("Content-Type") == "" {
		a.Header = append(a.Header, Field{"Content-Type", "application/json"})
		a.Header.sort()
	}
	return a, nil
}

// restMerge joins both maps: the multi-value ones first, in their spelling.
func restMerge(single, multi map[string][]string) Header {
	names := slices.Sorted(maps.Keys(multi))
	for name, values := range single {
		i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
		if i >= 0 {
			name = names[i]
		}
		multi[name] = append(multi[name], values...)
	}
	return fieldsOf(multi)
}

func restRefuse(reason string) error {
	return refuse(APIGatewayREST, restFault, BadResult, reason)
}
