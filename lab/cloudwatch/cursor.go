package cloudwatch

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
)

// cursor is where a page of GetMetricData ended: at a query, and after the
// datapoint stamped last if started. It names a time and not a position, so
// that values added between two pages shift nothing.
type cursor struct {
	line    int
	started bool
	last    int64 // Unix seconds
}

// past reports whether earlier pages already gave the datapoint at stamp.
func (c cursor) past(stamp int64, descending bool) bool {
	if descending {
		return c.started && stamp >= c.last
	}
	return c.started && stamp <= c.last
}

// token spells the cursor. It carries a fingerprint of the request, because a
// token is only good for the request that it came from.
func (c cursor) token(p plan) string {
	return base64.URLEncoding.EncodeToString(fmt.Appendf(nil, "%d %t %d %x", c.line, c.started, c.last, p.fingerprint()))
}

func parseCursor(token string, p plan) (cursor, error) {
	var c cursor
	if token == "" {
		return c, nil
	}
	text, err := base64.URLEncoding.DecodeString(token)
	if err != nil {
		return c, invalidToken()
	}
	var print uint64
	if _, err := fmt.Sscanf(string(text), "%d %t %d %x", &c.line, &c.started, &c.last, &print); err != nil {
		return c, invalidToken()
	}
	if print != p.fingerprint() || c.line < 0 || c.line >= len(p.lines) {
		return c, invalidToken()
	}
	return c, nil
}

func (p plan) fingerprint() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%+v %d %d %t", p.lines, p.start, p.end, p.descending)
	return h.Sum64()
}
