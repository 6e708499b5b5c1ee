package scenarios

// Pricing is which prices apply.
type Pricing struct {
	Region   string // "" is each front's own
	AsOf     Date
	FreeTier string // FreeTierNone, FreeTierAlways or FreeTierNewAccount
}

// Which free tiers are taken off.
const (
	FreeTierNone       = "none"
	FreeTierAlways     = "always"
	FreeTierNewAccount = "new-account"
)

func (p *Pricing) fields() []field {
	return []field{
		{name: "region", into: &p.Region, pattern: regionPattern, want: regionWant, derived: "each front's own",
			doc: "The Region whose prices apply."},
		{name: "as_of", into: &p.AsOf, def: "today",
			doc:      "The day whose prices and billing rules apply.",
			examples: []string{`"2025-06-01"`}},
		{name: "free_tier", into: &p.FreeTier, def: FreeTierNone, enum: []string{FreeTierNone, FreeTierAlways, FreeTierNewAccount},
			doc: "Which free amounts are taken off: none, those that never end, or those of a new account too. Other work of the same account may have used them up, hence none."},
	}
}
