package pricing

import "strings"

// GB is what a meter calls a gigabyte. AWS is not consistent: its own examples
// use both, so each meter states its choice and where the choice comes from.
type GB struct {
	Name   string // "decimal" or "binary"
	Bytes  int64
	Source string
}

// gbOf is the gigabyte of a meter that counts bytes, or bytes times a duration.
func gbOf(m Meter) GB {
	const binary, decimal = 1 << 30, 1_000_000_000
	is := func(prefix string) bool { return strings.HasPrefix(string(m), prefix) }
	switch {
	case m == ALBLCUHours:
		return GB{"decimal", decimal, "ELB pricing page: 300 KB/s for one hour is 1.08 GB"}
	case m == EgressGB:
		return GB{"binary", binary, "API Gateway pricing page: 5 million calls of 3 KB are 14.3 GB"}
	case m == LambdaStreamedGB:
		return GB{"binary", binary, "Lambda pricing page: 1 million answers of 7 MB have 976.56 GB beyond 6 MB"}
	case is("lambda.") || is("edge."):
		return GB{"binary", binary, "Lambda pricing page: 128 MB of memory is 0.125 GB"}
	case is("cloudfront."):
		return GB{"binary", binary, "CloudFront price list: the first 10 TB end at 10,240 GB"}
	case is("s3."):
		return GB{"binary", binary, "S3 price list: the first 50 TB end at 51,200 GB"}
	case is("vpc_endpoint."):
		return GB{"binary", binary, "VPC price list: the first 1 PB ends at 1,048,576 GB"}
	case is("akamai."):
		return GB{"decimal", decimal, "assumed, the unit of networks: the contract says"}
	default: // transfer, logs, storage of databases, NAT
		return GB{"binary", binary, "price lists: the first 10 TB end at 10,240 GB"}
	}
}

// GBSeconds is a millisecond of that many MB of memory, in the GB-seconds of Lambda and
// Lambda@Edge: 1 GB is 1024 MB exactly.
func GBSeconds(memoryMB int64) Quantity { return Ratio(memoryMB, 1024*1000) }

// BytesOf is an item of a meter that counts bytes, or bytes times a duration, in the
// meter's own gigabytes.
func BytesOf(m Meter, region string, bytes Quantity) Item {
	gb := gbOf(m)
	return Item{Meter: m, Region: region, Quantity: gb.of(bytes), Counting: gb.counting()}
}

// counting says on a bill which gigabyte its meter counts.
func (g GB) counting() string { return g.Name + " GB (" + g.Source + ")" }

// of converts bytes.
func (g GB) of(bytes Quantity) Quantity { return bytes.Div(Count(g.Bytes)) }
