package contract

import "frontdoor/front"

// Methods and bodies.

func methodCases() []Case {
	return []Case{
		{
			Name: "plain", What: "the request itself",
			Why: "a front adds what an answer leaves out, a content type for one, and its event may lack what a handler counts on",
			Do:  "say all of the answer, and look at the function's log where it fails", Source: payloadPage,
		},
		{
			Name: "head", What: "HEAD", change: func(r *Request, _ front.Limits) { r.Method = "HEAD" },
			Why: "every set of methods that CloudFront allows has HEAD, and caches and monitors send it; a handler that compares with GET takes it for something else",
			Do:  "answer HEAD as GET: the front leaves the body out", Source: edgeMethods,
		},
		{
			Name: "options", What: "OPTIONS, as a browser asks before a request to another origin",
			change: func(r *Request, _ front.Limits) {
				r.Method, r.Body = "OPTIONS", nil
				r.set("Origin", "https://app.example.com")
				r.set("Access-Control-Request-Method", "GET")
			},
			Why:    "ALB, function URLs without CORS and CloudFront hand the preflight to the function; an API with CORS answers it itself",
			Do:     "answer OPTIONS with the Access-Control headers and no body, or let an API do it",
			Source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
		},
		{
			Name: "concurrent", What: "8 requests at once", change: func(r *Request, _ front.Limits) { r.Times = 8 },
			Why: "each runs in an environment of its own; what they share is outside of the function: files, ports, connections",
			Do:  "hold no state that two environments cannot both have", Source: scalingPage,
		},
	}
}

func bodyCases() []Case {
	const shown = "ALB, HTTP API and function URL hand over text as text and the rest in base64; a REST API without binary media types hands over text always; CloudFront only base64, and only with the option Include body"
	decode := "decode the body where isBase64Encoded says so, and turn Include body on for an edge function that reads it"
	return []Case{
		{
			Name: "post-json", What: "POST of JSON",
			change: func(r *Request, _ front.Limits) { r.post("application/json", []byte(`{"a":1}`)) },
			Why:    shown, Do: decode, Source: albPage,
		},
		{
			Name: "post-form", What: "POST of a form",
			change: func(r *Request, _ front.Limits) { r.post("application/x-www-form-urlencoded", []byte("a=b+c&d=%2B")) },
			Why:    "a form is none of the types that ALB hands over as text, so it comes in base64 there and as text behind a REST API", Do: decode, Source: albPage,
		},
		{
			Name: "post-binary", What: "POST of bytes that are no text",
			change: func(r *Request, _ front.Limits) {
				r.post("application/octet-stream", []byte{0x89, 'P', 'N', 'G', 0xff, 0x00, 0xfe})
			},
			Why: "a REST API without binary media types makes text of the bytes, and they are lost; the others send base64",
			Do:  "set binaryMediaTypes on a REST API; decode base64 behind the others", Source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html",
		},
		{
			Name: "post-empty", What: "POST without a body",
			change: func(r *Request, _ front.Limits) { r.post("application/json", nil) },
			Why:    "an empty body is null behind a REST API, an empty string behind ALB, and absent elsewhere",
			Do:     "treat null, absent and empty alike before parsing", Source: restPage,
		},
	}
}
