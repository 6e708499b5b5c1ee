package cloudwatch

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The three protocols write the same value differently: a time is a number of
// seconds in CBOR and JSON and an ISO 8601 text in Query, where numbers and
// booleans are texts too. These types read every spelling.

// instant is a point in time in nanoseconds since the epoch.
type instant struct{ time.Time }

func (t *instant) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		parsed, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return fmt.Errorf("%q is not a timestamp", text)
		}
		t.Time = parsed
		return nil
	}
	var seconds float64
	if err := json.Unmarshal(data, &seconds); err != nil {
		return fmt.Errorf("%s is not a timestamp", data)
	}
	// Milliseconds are the API's resolution, and all that a float64 of seconds
	// can be trusted with.
	t.Time = time.UnixMilli(int64(math.Round(seconds * 1000)))
	return nil
}

// decimal is a number.
type decimal float64

func (d *decimal) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseFloat(strings.Trim(string(data), `"`), 64)
	if err != nil {
		return fmt.Errorf("%s is not a number", data)
	}
	*d = decimal(v)
	return nil
}

// integer is a whole number of 32 bits.
type integer int64

func (n *integer) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseInt(strings.Trim(string(data), `"`), 10, 32)
	if err != nil {
		return fmt.Errorf("%s is not an integer", data)
	}
	*n = integer(v)
	return nil
}

// boolean is true or false.
type boolean bool

func (b *boolean) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseBool(strings.Trim(string(data), `"`))
	if err != nil {
		return fmt.Errorf("%s is not a boolean", data)
	}
	*b = boolean(v)
	return nil
}

// stamp is a datapoint's time in answers, in whole Unix seconds.
type stamp int64

// MarshalText is the Query protocol's spelling.
func (s stamp) MarshalText() ([]byte, error) {
	return []byte(time.Unix(int64(s), 0).UTC().Format(time.RFC3339)), nil
}

// MarshalJSON is the JSON protocol's spelling.
func (s stamp) MarshalJSON() ([]byte, error) { return strconv.AppendInt(nil, int64(s), 10), nil }
