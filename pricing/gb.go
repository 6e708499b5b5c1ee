package pricing

import "strings"

// GB is what a meter calls a gigabyte. AWS is not consistent: its own examples
// use both, so each meter states its choice and where the choice comes from.
type GB struct {
	Name   string // "decimal" or "binary"
	Bytes  int64
	Source string
}

// gbOf is the gigabyte of a meter that counts bytes.
func gbOf(m Meter) GB {
	const binary, decimal = 1 << 30, 1_000_000_000
	switch {
	case m == ALBLCUHours:
		return GB{"decimal", decimal, "ELB pricing page: 300 KB/s for one hour is 1.08 GB"}
	case m == EgressGB:
		return GB{"binary", binary, "API Gateway pricing page: 5 million calls of 3 KB are 14.3 GB"}
	case strings.HasPrefix(string(m), "cloudfront."):
		return GB{"binary", binary, "CloudFront price list: the first 10 TB end at 10,240 GB"}
	default:
		return GB{"binary", binary, "price lists: the first 10 TB end at 10,240 GB"}
	}
}

// counting says on a bill which gigabyte its meter counts.
func (g GB) counting() string { return g.Name + " GB (" + g.Source + ")" }

// of converts bytes.
func (g GB) of(bytes Quantity) Quantity { return bytes.Div(Count(g.Bytes)) }
