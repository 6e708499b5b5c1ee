package record

import (
	"regexp"
	"strconv"
	"strings"
)

// Said is what one invocation said that it consumed of other services.
type Said struct {
	ID       string    // its Lambda request id
	Known    bool      // it said so; nothing said is not nothing consumed
	Consumed []Counter // of no front, under the names of counters.json
}

// Consumption is what each invocation of a request said, in the order of Invocations.
// An answer out of a cache says again what was said when it was made, under the same
// id. Hit.Consumed has for each id, with commas between them, the calls of the
// invocation, with semicolons: the Region of the table after the one that called it
// where that is another, then request units read and written and the bytes sent there
// and back, as far as there are any:
//
//	ap-northeast-1 rru=0.5
//	us-east-1>ap-northeast-1 rru=0.5 out=812 in=465;us-east-1 wru=1
//
// "-" is an invocation that called nothing, "" one that does not say.
func (h Hit) Consumption() []Said {
	ids, _ := h.Invocations()
	words := strings.Split(h.Consumed, ",")
	said := make([]Said, len(ids))
	for i, id := range ids {
		said[i].ID = id
		if len(words) == len(ids) {
			said[i].Consumed, said[i].Known = consumedOf(words[i])
		}
	}
	return said
}

// longestConsumed is more than the functions of one request have to say.
const longestConsumed = 1 << 10

// Consumes reports whether text is in the notation of Hit.Consumed.
func Consumes(text string) bool {
	if text == "" || len(text) > longestConsumed {
		return false
	}
	for word := range strings.SplitSeq(text, ",") {
		if _, ok := consumedOf(word); !ok && word != "" {
			return false
		}
	}
	return true
}

// consumedOf reads what one invocation said; false when it did not.
func consumedOf(word string) ([]Counter, bool) {
	if word == "-" {
		return nil, true
	}
	var list []Counter
	for call := range strings.SplitSeq(word, ";") {
		m := consumedCall.FindStringSubmatch(call)
		if m == nil {
			return nil, false
		}
		from, at := m[1], m[2]
		for pair := range strings.FieldsSeq(m[3]) {
			name, value, _ := strings.Cut(pair, "=")
			c := Counter{Region: at}
			switch name {
			case "rru":
				c.Name = "dynamodb.read_units"
			case "wru":
				c.Name = "dynamodb.write_units"
			case "out":
				c.Name, c.Region = interRegionBytes+at, from
			case "in":
				c.Name = interRegionBytes + from
			}
			if c.Region == "" || c.Name == interRegionBytes {
				return nil, false // bytes from nowhere
			}
			var err error
			if c.Value, err = strconv.ParseFloat(value, 64); err != nil {
				return nil, false
			}
			list = append(list, c)
		}
	}
	return list, true
}

// interRegionBytes begins the name of the counter of bytes that leave a Region for
// another, which ends it.
const interRegionBytes = "egress.interregion_bytes."

// consumedCall is a call: from, at, and units.
var consumedCall = regexp.MustCompile(`^(?:([a-z]{2}[a-z0-9-]{3,28})>)?([a-z]{2}[a-z0-9-]{3,28})((?: (?:rru|wru|out|in)=[0-9]{1,12}(?:\.[0-9]{1,3})?)+)$`)
