package main

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/claims"
	"frontdoor/report"
)

// checkClaims refuses claims that there are not, before anything is measured.
func (l *loaded) checkClaims() error {
	for i, id := range l.Claims {
		if !slices.Contains(claims.IDs(), id) {
			return l.Error(fmt.Sprintf("claims[%d]", i), fmt.Sprintf("there is no claim %q", id), "some of "+strings.Join(claims.IDs(), ", "))
		}
	}
	return nil
}

// claimsOf are the claims that a scenario names, judged by that very run.
func claimsOf(e claims.Evidence, ids []string) ([]report.Claim, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	e.Alarms = billingAlarms
	judged, err := claims.Judge(&e, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]report.Claim, 0, len(judged))
	for _, j := range judged {
		claim := report.Claim{ID: j.ID, Text: j.Text, Verdict: string(j.Word), Boundary: j.Boundary, Said: []string{}, Evidence: []report.ClaimLine{}}
		for _, s := range j.Said {
			claim.Said = append(claim.Said, s.Words())
		}
		for _, l := range j.Lines {
			claim.Evidence = append(claim.Evidence, report.ClaimLine{Kind: string(l.Kind), Text: l.Text, Source: l.Source})
		}
		out = append(out, claim)
	}
	return out, nil
}
