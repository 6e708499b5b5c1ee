package scenarios

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Amount is a month's quantity of one meter.
type Amount struct {
	Meter    string // as written: which meters there are a price book knows
	Region   string // "" when the key names none: the workload's, or none for a meter that no Region divides
	Quantity Decimal
	Path     string // for Workload.Error: "usage.lambda.requests@eu-west-1"
}

// amounts is a mapping of meters to quantities, in file order.
type amounts []Amount

const (
	amountKey = `^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+(@[a-z]{2}(-[a-z]+)+-[0-9])?$`
	meterWant = "a meter such as lambda.requests, or meter@Region such as egress.internet_gb@eu-west-1"
)

var amountKeyForm = regexp.MustCompile(amountKey)

func (a *amounts) decode(d *decoder, n *node, path string) *Error {
	if n.Kind != yaml.MappingNode {
		return d.fail(n, path, shape(n), a.want())
	}
	if len(n.Content) == 0 {
		return d.fail(n, path, "has no meter", a.want())
	}
	*a = nil
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if err := d.key(key, path, seen); err != nil {
			return err
		}
		if !amountKeyForm.MatchString(key.Value) {
			return d.fail(key, path, quoted(key)+" is not understood", meterWant)
		}
		got := Amount{Path: path + "." + key.Value}
		got.Meter, got.Region, _ = strings.Cut(key.Value, "@")
		if err := d.field(n.Content[i+1], got.Path, field{into: &got.Quantity}); err != nil {
			return err
		}
		d.at[got.Path] = key // what may be wrong later is the meter's name
		*a = append(*a, got)
	}
	return nil
}

func (a *amounts) want() string {
	return "a mapping of meters, such as lambda.requests or egress.internet_gb@eu-west-1, to " + strings.Replace(new(Decimal).want(), "a number", "numbers", 1)
}

func (a *amounts) schema() *schema {
	return &schema{Type: "object", PropertyNames: &schema{Pattern: amountKey}, Additional: new(Decimal).schema(), MinProperties: 1}
}

// checkAmounts refuses a meter that is given both plain and with the Region that
// plain stands for.
func checkAmounts(c *checker, list []Amount, region string) {
	seen := map[[2]string]string{}
	for _, a := range list {
		key := [2]string{a.Meter, a.Region}
		if a.Region == "" {
			key[1] = region
		}
		if first, ok := seen[key]; ok {
			c.fail(a.Path, fmt.Sprintf("is %s in %s, as %s is", a.Meter, key[1], first), "each meter once in each Region")
		}
		seen[key] = a.Path
	}
}
