package contract

import (
	"strings"

	"frontdoor/front"
)

// Sizes: up to a front's limit, and over it.

func limitCases() []Case {
	return []Case{
		{
			Name: "long-uri", What: "a query of 6,000 characters", change: func(r *Request, _ front.Limits) {
				r.value("NAME=" + strings.Repeat("q", 6000))
			},
			Why: "every front takes it", Do: "do not assume short queries", Source: edgeLimits,
		},
		{
			Name: "uri-over-limit", What: "a path and query over the front's limit",
			over:   func(l front.Limits) int { return l.URIBytes },
			change: func(r *Request, l front.Limits) { r.value("NAME=" + strings.Repeat("q", l.URIBytes)) },
			Why:    "CloudFront takes 8,191 characters, ALB a request line of 16 KB", Do: "send long inputs in a body", Source: edgeLimits,
		},
		{
			Name: "headers-over-limit", What: "header fields over the front's limit",
			over:   func(l front.Limits) int { return l.HeaderBytes },
			change: func(r *Request, l front.Limits) { r.set("X-Long", strings.Repeat("h", l.HeaderBytes)) },
			Why:    "APIs take 10,240 bytes of headers, CloudFront 20,480, ALB 64 KB: large cookies and tokens meet the first", Do: "keep cookies and tokens small", Source: quotaPage,
		},
		{
			Name: "body-over-limit", What: "a body one byte over the front's limit",
			over:   func(l front.Limits) int { return l.RequestBytes },
			change: func(r *Request, l front.Limits) { r.post("text/plain", make([]byte, l.RequestBytes+1)) },
			Why:    "ALB takes 1 MB, the others of a Region Lambda's 6 MB", Do: "upload large bodies to S3 by a presigned URL", Source: albPage,
		},
		{
			Name: "body-over-shown", What: "a body one byte over what an edge function is shown",
			over:   func(l front.Limits) int { return l.BodyShown },
			change: func(r *Request, l front.Limits) { r.post("text/plain", make([]byte, l.BodyShown+1)) },
			Why:    "CloudFront shows 40 KB of a body on viewer events and 1 MB on origin events, cuts it there, and says so in inputTruncated",
			Do:     "look at inputTruncated before parsing a body", Source: edgeRules,
		},
	}
}
