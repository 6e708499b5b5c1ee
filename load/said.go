package load

import (
	"net/http"

	"frontdoor/record"
)

// keepSaid keeps what the front itself says of an answer: the protocol, its id of
// the request, and where and how CloudFront answered; and what functions say that they
// consumed, if it can be read.
func (c *client) keepSaid(hit *record.Hit, resp *http.Response) {
	hit.Protocol = protocol(resp)
	for _, name := range c.plan.FrontIDs {
		if hit.FrontID = said(resp.Header, name); hit.FrontID != "" {
			break
		}
	}
	hit.Pop, hit.Cache = said(resp.Header, "X-Amz-Cf-Pop"), said(resp.Header, "X-Cache")
	if text := resp.Header.Get("X-Bench-Consumed"); record.Consumes(text) {
		hit.Consumed = text
	}
}

// protocol is the answer's, as net/http writes it. The words of the answer itself
// would keep its first line in memory.
func protocol(resp *http.Response) string {
	switch resp.ProtoMajor {
	case 1:
		if resp.ProtoMinor == 0 {
			return "HTTP/1.0"
		}
		return "HTTP/1.1"
	case 2:
		return "HTTP/2.0"
	case 3:
		return "HTTP/3.0"
	}
	return resp.Proto
}

// longestSaid is more than any front's words take. What goes into every record and
// report is not a stranger's to choose.
const longestSaid = 256

// said is a field of an answer, "" where it is not printable ASCII of a sane length.
func said(h http.Header, name string) string {
	value := h.Get(name)
	if len(value) > longestSaid {
		return ""
	}
	for i := range len(value) {
		if value[i] < ' ' || value[i] > '~' {
			return ""
		}
	}
	return value
}
