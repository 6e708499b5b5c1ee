package contract

import "frontdoor/front"

// Headers.

func field(pairs ...string) func(*Request, front.Limits) {
	return func(r *Request, _ front.Limits) {
		for i := 0; i+1 < len(pairs); i += 2 {
			r.set(pairs[i], pairs[i+1])
		}
	}
}

func headerCases() []Case {
	return []Case{
		{
			Name: "repeated-header", What: "a header field twice", change: field("X-Check", "first", "X-Check", "second"),
			Why: "ALB and the single-value map of a REST API keep the last, payload 2.0 joins them with a comma, CloudFront has a list",
			Do:  "read the map of lists where there is one", Source: albPage,
		},
		{
			Name: "header-case", What: "a header name in mixed case", change: field("x-ChEcK-cAsE", "1"),
			Why: "payload 2.0 and ALB make names lower case, a REST API keeps them as sent, CloudFront has lower-case keys",
			Do:  "look names up without regard to case", Source: payloadPage,
		},
		{
			Name: "raw-header", What: "a header value with bytes beyond ASCII", change: field("X-Check", "caf\xe9"),
			Why: "events are JSON in UTF-8: CloudFront takes such bytes for ISO-8859-1, the others replace them", Do: "expect both, or refuse the request", Source: edgeHeaders,
		},
		{
			Name: "cookies", What: "two cookies", change: field("Cookie", "a=1; b=2"),
			Why: "payload 2.0 moves cookies out of the headers into a list of its own", Do: "read cookies from the list in payload 2.0, from the header elsewhere", Source: payloadPage,
		},
		{
			Name: "origin", What: "an Origin, as a browser sends", change: field("Origin", "https://app.example.com"),
			Why: "it is headers.origin in payload 2.0 and behind ALB, headers.Origin behind a REST API, and a list of {key, value} at the edge",
			Do:  "look it up without regard to case, and at the edge in Records[0].cf.request.headers.origin[0].value", Source: edgeEvents,
		},
		{
			Name: "no-user-agent", What: "no User-Agent", change: func(r *Request, _ front.Limits) { r.Bare = true },
			Why: "the field is then absent, or \"Amazon CloudFront\" before an origin", Do: "do not require it", Source: edgeOrigin,
		},
		{
			Name: "no-host", What: "no Host, as HTTP/1.0 allows", change: func(r *Request, _ front.Limits) { r.Proto, r.NoHost = "HTTP/1.0", true },
			Why: "ALB takes HTTP/1.0; a name-based front would refuse it before the function", Do: "do not require it", Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
		},
	}
}
