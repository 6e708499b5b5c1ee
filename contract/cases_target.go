package contract

import (
	"strings"

	"frontdoor/front"
)

// Queries and paths.

func query(form string) func(*Request, front.Limits) {
	return func(r *Request, _ front.Limits) { r.value(form) }
}

func queryCases() []Case {
	const raw = "an edge function gets the raw string and must parse it as the others are parsed"
	return []Case{
		{
			Name: "no-query", What: "no query string", change: func(r *Request, _ front.Limits) { r.Query = "" },
			Why: "without parameters the map is null behind a REST API, absent in payload 2.0 and empty behind ALB",
			Do:  "treat an absent map as an empty one", Source: payloadPage,
		},
		{
			Name: "repeated-parameter", What: "a query parameter twice", change: query("NAME=first&NAME=second"),
			Why: "ALB and the single-value map of a REST API keep the last value, payload 2.0 joins them with a comma, CloudFront hands over the raw string",
			Do:  "read the map of lists where there is one, or refuse repeated parameters", Source: payloadPage,
		},
		{
			Name: "blank-value", What: "a query parameter with a blank value", change: query("NAME="),
			Why: "it is in the map as an empty string; " + raw + ", and Python's parse_qs drops blank values",
			Do:  "parse with blank values kept (parse_qs(..., keep_blank_values=True))", Source: edgeEvents,
		},
		{
			Name: "bare-name", What: "a query parameter without =", change: query("NAME"),
			Why: "it is in the map as an empty string; " + raw, Do: "treat it as a blank value", Source: edgeEvents,
		},
		{
			Name: "plus", What: "a + in a query value", change: query("NAME=a+b"),
			Why: "APIs and function URLs turn it into a space; ALB decodes nothing", Do: "decode query values behind ALB", Source: albPage,
		},
		{
			Name: "encoded-plus", What: "%2B in a query value", change: query("NAME=a%2Bb"),
			Why: "APIs and function URLs decode it; ALB does not", Do: "decode query values behind ALB, once", Source: albPage,
		},
		{
			Name: "encoded-text", What: "percent-encoded UTF-8 in a query value", change: query("NAME=caf%C3%A9%20au%20lait"),
			Why: "APIs and function URLs decode it; ALB does not, and CloudFront hands over the raw string", Do: "decode query values behind ALB and at the edge, once", Source: albPage,
		},
	}
}

func path(change func(string) string) func(*Request, front.Limits) {
	return func(r *Request, _ front.Limits) { r.Path = change(r.Path) }
}

func pathCases() []Case {
	below := func(name string) func(string) string {
		return func(p string) string { return strings.TrimSuffix(p, "/") + "/" + name }
	}
	return []Case{
		{
			Name: "trailing-slash", What: "a path with a slash at its end", change: path(below("")),
			Why: "a front hands the path over as sent, but a {proxy+} parameter loses the slash", Do: "route with and without it alike", Source: restPage,
		},
		{
			Name: "double-slash", What: "a path with two slashes at its start", change: path(func(p string) string { return "/" + p }),
			Why: "a REST API takes leading slashes for one, the others keep them", Do: "clean the path before routing", Source: restPage,
		},
		{
			Name: "encoded-path", What: "a percent-encoded path", change: path(below("caf%C3%A9")),
			Why: "no front decodes the path", Do: "decode it once, in the function", Source: restPage,
		},
		{
			Name: "raw-path", What: "a path with bytes beyond ASCII that no client should send", change: path(below("caf\xe9")),
			Why: "events are JSON in UTF-8: CloudFront takes such bytes for ISO-8859-1, the others replace them", Do: "expect both", Source: edgeHeaders,
		},
	}
}
