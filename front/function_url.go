package front

import "net/http"

// Lambda function URL, payload format 2.0, AuthType NONE, InvokeMode BUFFERED.
//
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html (2023-06). Limits are
// Lambda's own: 6 MB either way; none is stated for headers.
func urlDoor() Door {
	return Door{
		Kind:   FunctionURL,
		Name:   "Lambda function URL",
		Limits: lambdaLimits(),
		Event: func(r Request, id Identity) ([]byte, error) {
			return payload2Event(r, id, urlHeaders(r, id), "null")
		},
		Request: payload2Request,
		Result:  payload2Encode,
		Answer:  payload2Refusing(FunctionURL, "application/json", urlFault),
		Fault:   urlFault,
	}
}

// urlHeaders adds the TLS facts that a URL's events carry beside the usual headers.
func urlHeaders(r Request, id Identity) Header {
	h := forwarded(r, id)
	if r.via.event || id.scheme() != "https" {
		return h
	}
	return h.with("X-Amzn-Tls-Version", "TLSv1.3").
		with("X-Amzn-Tls-Cipher-Suite", "TLS_AES_128_GCM_SHA256")
}

// urlFault: 502 with plain text is recorded against AWS (LocalStack,
// tests/aws/services/lambda_/test_lambda.snapshot.json, 2025-11), 429 and 413 follow
// Lambda's Invoke (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html), and
// their bodies and that of 403 are unconfirmed.
func urlFault(c Cause) Answer {
	const internal = "Internal Server Error"
	switch c {
	case Throttled, RequestTooLarge, URITooLong, HeadersTooLarge, NoPermission:
		return faults("application/json", map[Cause]refusal{
			Throttled:       {http.StatusTooManyRequests, `{"Message":"Rate Exceeded."}`},
			RequestTooLarge: {http.StatusRequestEntityTooLarge, `{"Message":"Request must be smaller than 6291456 bytes"}`},
			URITooLong:      {http.StatusRequestURITooLong, `{"Message":null}`},
			HeadersTooLarge: {http.StatusRequestHeaderFieldsTooLarge, `{"Message":null}`},
			NoPermission:    {http.StatusForbidden, `{"Message":"Forbidden"}`},
		})(c)
	}
	return faults("text/plain", map[Cause]refusal{FunctionError: {http.StatusBadGateway, internal}})(c)
}
