package front

import "time"

// Lambda's own limits, which every door inherits: memory, timeout and a payload
// of 6 MB either way, which the doors' larger limits never get past.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2023-06)
const (
	lambdaPayload  = 6 << 20
	lambdaTimeout  = 900 * time.Second
	lambdaMinMB    = 128
	lambdaMaxMB    = 10240
	lambdaPackage  = 50 << 20
	gatewayHeaders = 10240
)

// Limits are the quotas of a door and of a function behind it. Zero is a limit
// that AWS does not state.
type Limits struct {
	RequestBytes  int // body
	ResponseBytes int // function's answer: JSON behind a Region's doors, header fields and body at the edge
	HeaderBytes   int // request line and header fields
	URIBytes      int // path and query
	BodyShown     int // edge: the part of the body that the function sees

	MinTimeout   time.Duration
	MaxTimeout   time.Duration
	MinMemoryMB  int
	MaxMemoryMB  int
	PackageBytes int64 // zipped
}

// lambdaLimits are the limits of a function behind a door that adds none.
func lambdaLimits() Limits {
	return Limits{
		RequestBytes:  lambdaPayload,
		ResponseBytes: lambdaPayload,
		MinTimeout:    time.Second,
		MaxTimeout:    lambdaTimeout,
		MinMemoryMB:   lambdaMinMB,
		MaxMemoryMB:   lambdaMaxMB,
		PackageBytes:  lambdaPackage,
	}
}

// CheckRequest applies the door's request limits. It returns the cause of the
// refusal and false when the request is over one of them.
func (d Door) CheckRequest(r Request) (Cause, bool) {
	uri := len(r.Path)
	if r.RawQuery != "" {
		uri += 1 + len(r.RawQuery)
	}
	line := len(r.Method) + uri + len(r.Proto) + len("  \r\n")
	headers := line + r.Header.Size()
	if r.Host != "" && r.Header.Get("Host") == "" {
		headers += len("Host: \r\n") + len(r.Host)
	}
	switch l := d.Limits; {
	case over(uri, l.URIBytes):
		return URITooLong, false
	case over(headers, l.HeaderBytes):
		return HeadersTooLarge, false
	case over(len(r.Body), l.RequestBytes):
		return RequestTooLarge, false
	}
	return 0, true
}

func over(n, limit int) bool { return limit > 0 && n > limit }
