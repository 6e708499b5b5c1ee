package report

import (
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// Itself is what the run cost that the report is of, or what it would have cost on AWS.
type Itself struct {
	Cost    pricing.USD // at list prices of the day of the run
	AtLeast bool        // something that AWS bills is not known
	OnAWS   bool
}

// itselfOf is nil where nobody counted.
func itselfOf(bill *pricing.Bill, source record.Source) *Itself {
	if bill == nil || bill.Unavailable != "" {
		return nil
	}
	return &Itself{bill.Total, bill.LowerBound, source == record.SourceAWS}
}

// String says it in one sentence.
func (i *Itself) String() string {
	cost := words.Dollars(i.Cost)
	if i.AtLeast {
		cost += " or more"
	}
	if i.OnAWS {
		return "This run itself cost " + cost + " at list prices of its day, with load balancers by the whole hour."
	}
	return "On AWS this run itself would have cost " + cost + " at list prices of its day, with load balancers by the whole hour."
}

// jsonItself is the same for machines.
type jsonItself struct {
	USD     pricing.USD `json:"list_price_usd"`
	AtLeast bool        `json:"or_more"`
	OnAWS   bool        `json:"on_aws"`
}

func itselfDocument(i *Itself) *jsonItself {
	if i == nil {
		return nil
	}
	return &jsonItself{i.Cost, i.AtLeast, i.OnAWS}
}
