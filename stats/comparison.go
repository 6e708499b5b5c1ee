package stats

// Verdict is what a comparison lets one say.
type Verdict string

// The verdicts on B against A, where less is better. Absence of significance is
// not equality: Equivalent is claimed only when the whole interval of the ratio
// lies within the margin.
const (
	Faster       Verdict = "faster"       // B is below A: interval and adjusted p agree
	Slower       Verdict = "slower"       // B is above A
	Equivalent   Verdict = "equivalent"   // within the margin, whichever is lower
	Inconclusive Verdict = "inconclusive" // more rounds would tell
)

// Comparison is one figure of B against the same figure of A.
type Comparison struct {
	Ratio Estimate // B/A of the pooled figure, 95 % interval from rounds drawn jointly
	Shift Estimate // Hodges-Lehmann ratio of the rounds, with the interval of the signed-rank test
	// Wins is the share of pairs of a request of A and one of B in which B is the
	// lower, ties half: (1 + Cliff's delta)/2. NaN when it was not asked for.
	Wins     float64
	P        float64 // exact, two-sided, of the test named; NaN when there is none
	Test     string  // "signed-rank" (rounds in pairs) or "rank-sum" (two runs)
	Adjusted float64 // P after Holm over the family; P itself outside of one
	Pairs    int     // pairs of rounds that the comparison rests on; of two runs, the rounds of the shorter
	SD       float64 // of the log ratio of a round
	Verdict  Verdict
	// MoreRounds is about how many more rounds would tell, for Inconclusive; 0
	// when that cannot be said.
	MoreRounds int
	Notes      []string // what weakens it, with what would help
}
