package pricing

import "fmt"

// Mark says what a rate or a rule rests on.
type Mark string

// The marks, best first.
const (
	FromPriceData  Mark = "P" // AWS machine data or a real AWS bill
	FromAWSText    Mark = "A" // AWS page or documentation
	FromThirdParty Mark = "T" // third party only
	FromMemory     Mark = "M" // memory, not looked up
	Deduced        Mark = "D" // follows from other facts
)

// Confirmed reports whether the mark is AWS's own word. Everything else is
// printed as unconfirmed.
func (m Mark) Confirmed() bool { return m == FromPriceData || m == FromAWSText }

func parseMark(s string) (Mark, error) {
	switch m := Mark(s); m {
	case FromPriceData, FromAWSText, FromThirdParty, FromMemory, Deduced:
		return m, nil
	}
	return "", fmt.Errorf("%q is not a confidence: want one of P, A, T, M, D", s)
}

// Confidence is how a bill shows its trust in a line.
type Confidence string

// The confidences, best first. A carried rate is AWS's own word, last confirmed
// on another day than the bill's: list prices change seldom, so it is used, and
// the line's Seen says when it was confirmed. An unconfirmed one rests on a third
// party, on memory or on a deduction.
const (
	Confirmed   Confidence = "confirmed"
	Carried     Confidence = "carried"
	Unconfirmed Confidence = "unconfirmed"
)

func confidence(confirmed bool) Confidence {
	if confirmed {
		return Confirmed
	}
	return Unconfirmed
}

// worse returns the lesser confidence of the two.
func (c Confidence) worse(d Confidence) Confidence {
	switch {
	case c == Unconfirmed || d == Unconfirmed:
		return Unconfirmed
	case c == Carried || d == Carried:
		return Carried
	}
	return Confirmed
}
