package front

import "fmt"

// Cause says why a door answers in the function's place.
type Cause int

// The causes. The zero Cause is no cause.
const (
	FunctionError    Cause = iota + 1 // the handler failed or its process died
	BadResult                         // the function's JSON is not what the door takes
	Timeout                           // the function did not answer in time
	Throttled                         // no concurrency left, or the door's own rate limit
	RequestTooLarge                   // body over Limits.RequestBytes
	HeadersTooLarge                   // request line and headers over Limits.HeaderBytes
	URITooLong                        // path and query over Limits.URIBytes
	ResponseTooLarge                  // function's answer over Limits.ResponseBytes
	NoPermission                      // the door may not invoke the function
	BadRequest                        // the door cannot make an event of it
	NoMethod                          // the API has no such method at that path
	Forbidden                         // a method that requires an API key got none that is valid
	QuotaExceeded                     // the key's quota is used up
	endCauses
)

// Causes lists every cause.
func Causes() []Cause {
	causes := make([]Cause, 0, endCauses-1)
	for c := FunctionError; c < endCauses; c++ {
		causes = append(causes, c)
	}
	return causes
}

// String is the cause in words, as logs and reports show it.
func (c Cause) String() string {
	switch c {
	case FunctionError:
		return "function error"
	case BadResult:
		return "bad result"
	case Timeout:
		return "timeout"
	case Throttled:
		return "throttled"
	case RequestTooLarge:
		return "request too large"
	case HeadersTooLarge:
		return "headers too large"
	case URITooLong:
		return "uri too long"
	case ResponseTooLarge:
		return "response too large"
	case NoPermission:
		return "no invoke permission"
	case BadRequest:
		return "bad request"
	case NoMethod:
		return "no such method"
	case Forbidden:
		return "no valid API key"
	case QuotaExceeded:
		return "quota exceeded"
	}
	return fmt.Sprintf("cause %d", int(c))
}

// Fault is the error of a result that the door refuses. Answer is what the
// client gets instead.
type Fault struct {
	Kind   Kind
	Cause  Cause
	Reason string // what was wrong, for logs: clients mostly see only the status
	Answer Answer
}

func (f *Fault) Error() string {
	return fmt.Sprintf("%s: %s: %s", f.Kind, f.Cause, f.Reason)
}

// refuse is the error of a result that the door answers with its own fault.
func refuse(k Kind, fault func(Cause) Answer, c Cause, reason string) error {
	return &Fault{Kind: k, Cause: c, Reason: reason, Answer: fault(c)}
}

// refusal is one entry of a door's table of error answers.
type refusal struct {
	status int
	body   string
}

// faults makes a door's Fault out of its table and content type.
func faults(contentType string, table map[Cause]refusal) func(Cause) Answer {
	return func(c Cause) Answer {
		f, ok := table[c]
		if !ok {
			f = table[FunctionError]
		}
		return Answer{
			Status: f.status,
			Header: Header{{"Content-Type", contentType}},
			Body:   []byte(f.body),
		}
	}
}
