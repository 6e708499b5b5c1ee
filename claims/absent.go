package claims

import (
	"errors"
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
)

// days lists days once each, in their order: a claim is judged on the day asked for
// and on its own, which may be the same.
func days(all ...pricing.Date) []pricing.Date {
	var once []pricing.Date
	for _, day := range all {
		if !slices.Contains(once, day) {
			once = append(once, day)
		}
	}
	return once
}

// begun returns *pricing.NotYetError when a kind of front came after the day. The
// prices alone do not tell: ALB had some for two years before it invoked functions.
func (e *Evidence) begun(k front.Kind, day pricing.Date) error {
	from, mark, err := e.Book.Began(k)
	if err != nil {
		return err
	}
	if day.Before(from) {
		return &pricing.NotYetError{What: fmt.Sprintf("front %s", k), AsOf: day, Begins: from, Mark: mark}
	}
	return nil
}

// absence is why the book has no price or rule on a day; "" when err says
// something else, or is nil.
func absence(err error) string {
	var early *pricing.NotYetError
	var unknown *pricing.UnknownRateError
	switch {
	case errors.As(err, &early):
		return early.Error()
	case errors.As(err, &unknown):
		return unknown.Error()
	}
	return ""
}

// leaveOut takes an error for a line of evidence when it says that something had no
// price or rule on the day, and reports whether it did. Each is said once.
func (e *Evidence) leaveOut(v *Verdict, day pricing.Date, err error) bool {
	why := absence(err)
	if why == "" {
		return false
	}
	line := Line{Kind: Bill, Text: "left out: " + why, Source: e.book(day)}
	if !slices.Contains(v.Lines, line) {
		v.Lines = append(v.Lines, line)
	}
	return true
}

// unpriced is the verdict where nothing that the claim is about had a price.
func unpriced(v Verdict, day pricing.Date) Verdict {
	v.Word, v.Boundary = NotJudged, fmt.Sprintf("nothing to compare had a price on %s", day)
	return v
}
