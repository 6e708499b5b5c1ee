package scenarios

// Count is a whole number, plain or with K, M or B for thousands, millions and
// billions: "15M", "1.5B", 250000.
type Count int64

const countPattern = `^[0-9]{1,15}(\.[0-9]{1,15})?(K|M|B)?$`

func (c *Count) set(l literal) error {
	if l.tag != "!!str" && !decimal.MatchString(l.text) {
		return errBadUnit
	}
	n, err := whole(l.text, units("", int64(1), "K", int64(1e3), "M", int64(1e6), "B", int64(1e9)), "things")
	if err != nil {
		return err
	}
	*c = Count(n)
	return nil
}

func (c *Count) want() string { return "a count such as 15M, 250K or 1500000" }

func (c *Count) schema() *schema {
	return &schema{AnyOf: []*schema{
		{Type: "integer", Minimum: bound("0")},
		{Type: "string", Pattern: countPattern},
	}}
}
