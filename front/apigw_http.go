package front

import (
	"net/http"
	"time"
)

// HTTP API with Lambda proxy integration, payload format 2.0, $default route.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html (2023-06): 10 MB
// payload (Lambda's 6 MB binds first), request line and headers 10,240 B, timeout
// 50 ms to 30 s.
func httpDoor() Door {
	// What AWS sends for a response that names no type is unconfirmed.
	const contentType = "text/plain;charset=UTF-8"
	limits := lambdaLimits()
	limits.HeaderBytes = gatewayHeaders
	limits.MinTimeout, limits.MaxTimeout = 50*time.Millisecond, 30*time.Second
	return Door{
		Kind:   APIGatewayHTTP,
		Name:   "API Gateway HTTP API",
		Limits: limits,
		Event: func(r Request, id Identity) ([]byte, error) {
			return payload2Event(r, id, forwarded(r, id), "")
		},
		Request: payload2Request,
		Result:  payload2Encode,
		Answer:  payload2Refusing(APIGatewayHTTP, contentType, httpFault),
		Fault:   httpFault,
	}
}

// httpFault: 500 is documented in
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html
// The bodies of 413, 429, 431 and of the 503 after a timeout are unconfirmed.
func httpFault(c Cause) Answer {
	const internal = `{"message":"Internal Server Error"}`
	return faults("application/json", map[Cause]refusal{
		FunctionError:    {http.StatusInternalServerError, internal},
		BadResult:        {http.StatusInternalServerError, internal},
		ResponseTooLarge: {http.StatusInternalServerError, internal},
		NoPermission:     {http.StatusInternalServerError, internal},
		Timeout:          {http.StatusServiceUnavailable, `{"message":"Service Unavailable"}`},
		Throttled:        {http.StatusTooManyRequests, `{"message":"Too Many Requests"}`},
		RequestTooLarge:  {http.StatusRequestEntityTooLarge, `{"message":"Request Entity Too Large"}`},
		HeadersTooLarge:  {http.StatusRequestHeaderFieldsTooLarge, `{"message":"Request Header Fields Too Large"}`},
		URITooLong:       {http.StatusRequestURITooLong, `{"message":"URI Too Long"}`},
	})(c)
}
