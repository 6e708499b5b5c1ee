package scenarios

import (
	"errors"
	"regexp"
	"strconv"
)

// Rate is a number of requests per second, written with its unit: "200/s",
// "90/m", "0.5/s". A bare number is refused, because a reader of 90 cannot know
// whether seconds or minutes were meant.
type Rate float64

// ratePattern has a digit other than 0 in it: to some load generators a rate of
// 0 means "as fast as possible" (vegeta), which no scenario should get by a slip.
const ratePattern = `^([1-9][0-9]{0,9}(\.[0-9]{1,9})?|0\.[0-9]{0,9}[1-9][0-9]{0,9})/(s|m|h)$`

var rateForm = regexp.MustCompile(ratePattern)

func (r *Rate) set(l literal) error {
	if l.tag == "!!int" || l.tag == "!!float" {
		return errNoUnit
	}
	m := rateForm.FindStringSubmatch(l.text)
	if m == nil {
		return errors.New("is not a rate above zero")
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return errors.New("is not a rate above zero")
	}
	*r = Rate(n / map[string]float64{"s": 1, "m": 60, "h": 3600}[m[3]])
	return nil
}

func (r *Rate) want() string { return "requests per second such as 200/s, 90/m or 0.5/s" }

func (r *Rate) schema() *schema { return &schema{Type: "string", Pattern: ratePattern} }

// String writes r in requests per second.
func (r Rate) String() string { return strconv.FormatFloat(float64(r), 'g', -1, 64) + "/s" }
