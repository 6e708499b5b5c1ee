package front

import "strings"

// EdgeCapitalises says whether an edge-optimized API's events have header names
// capitalised, as
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
// states (2023-06). An event recorded of one on 2024-07-10 (LocalStack, tests/aws/
// services/apigateway/test_apigateway_lambda.snapshot.json, which has CloudFront's
// fields) shows "tEsT-HEADeR" as it was sent; until AWS's page says so too, this
// follows the page.
const EdgeCapitalises = true

// edgeAddress stands for the CloudFront location that passed a request on, an
// address of RFC 5737 that no one has.
const edgeAddress = "192.0.2.1"

// restHeader is the header in a REST API's event.
func restHeader(r Request, id Identity) Header {
	h := forwarded(r, id)
	if !id.EdgeOptimized || r.via.event {
		return h
	}
	return throughEdge(h, r, id)
}

// throughEdge is the header after CloudFront: what it adds are the fields of the
// recording that EdgeCapitalises names, less the viewer's network and country, which
// the lab cannot know.
func throughEdge(h Header, r Request, id Identity) Header {
	h = h.with("X-Forwarded-For", strings.TrimPrefix(h.Get("X-Forwarded-For")+", "+edgeAddress, ", "))
	for _, f := range []Field{
		{"CloudFront-Forwarded-Proto", id.scheme()},
		{"CloudFront-Is-Desktop-Viewer", "true"},
		{"CloudFront-Is-Mobile-Viewer", "false"},
		{"CloudFront-Is-SmartTV-Viewer", "false"},
		{"CloudFront-Is-Tablet-Viewer", "false"},
		{"Via", strings.TrimPrefix(r.Proto, "HTTP/") + " " + id.DistributionDomain + " (CloudFront)"},
		{"X-Amz-Cf-Id", utf8Text(r.ID)},
	} {
		h = h.with(f.Name, f.Value)
	}
	if EdgeCapitalises {
		for i, f := range h {
			h[i].Name = capitalised(f.Name)
		}
	}
	return h
}

// capitalised is a name with a capital after each hyphen, and the rest as it is.
func capitalised(name string) string {
	parts := strings.Split(name, "-")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}
