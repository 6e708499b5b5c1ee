package report

import (
	"frontdoor/gate"
	"frontdoor/stats"
)

type jsonDecision struct {
	Choice    string     `json:"choice"` // "" when none is proposed
	Because   string     `json:"because"`
	Sentences []string   `json:"sentences"`
	Cautions  []string   `json:"cautions"`
	Flips     []jsonFlip `json:"flips"`
	Expires   string     `json:"expires"`
}

type jsonFlip struct {
	Input    string  `json:"input"`
	Expected float64 `json:"expected"`
	At       float64 `json:"at"`
	Above    bool    `json:"above"`
}

type jsonRule struct {
	Reference string   `json:"reference"`
	Metrics   []string `json:"metrics"`
	Alpha     float64  `json:"alpha"`
	Delta     float64  `json:"delta"`
	Material  float64  `json:"material_usd"`
}

type jsonComparison struct {
	Metric     string       `json:"metric"`
	Reference  string       `json:"reference"`
	Front      string       `json:"front"`
	Family     bool         `json:"family"`
	Ratio      jsonEstimate `json:"ratio"`
	Shift      jsonEstimate `json:"hodges_lehmann"`
	Wins       *float64     `json:"wins"`
	Test       string       `json:"test"`
	P          *float64     `json:"p"`
	Adjusted   *float64     `json:"p_adjusted"`
	Pairs      int          `json:"pairs"`
	Verdict    string       `json:"verdict"` // "" is exploratory
	MoreRounds int          `json:"more_rounds"`
	Floor      *float64     `json:"noise_floor"`
	Notes      []string     `json:"notes"`
}

type jsonDisagreement struct {
	Metrics [2]string `json:"metrics"`
	Faster  [2]string `json:"faster"` // by the first metric, by the second
}

type jsonFloor struct {
	Run     string           `json:"run"`
	Entries []jsonComparison `json:"entries"`
}

type jsonGate struct {
	Gate       string       `json:"gate"`
	Front      string       `json:"front"` // "" when the gate names its fronts
	Named      []string     `json:"named"`
	Outcome    gate.Outcome `json:"outcome"`
	Op         string       `json:"op"`
	Unit       string       `json:"unit"`
	Value      jsonEstimate `json:"value"`
	Limit      jsonEstimate `json:"limit"`
	Margin     jsonEstimate `json:"margin"`
	Confidence float64      `json:"confidence"`
	Why        string       `json:"why"`
}

type jsonWorlds struct {
	Month    [2]float64 `json:"usd_per_month"`
	Million  [2]float64 `json:"usd_per_million"`
	Cheapest float64    `json:"p_cheapest"`
	Regret   float64    `json:"expected_regret_usd"`
}

type jsonRound struct {
	Round    int      `json:"round"`
	AtS      float64  `json:"at_s"`
	Requests int      `json:"requests"`
	P50      *float64 `json:"p50_ms"`
	P99      *float64 `json:"p99_ms"`
}

type jsonSettling struct {
	Checked   int `json:"rounds_checked"`
	Unsettled int `json:"rounds_unsettled"`
	Cut       int `json:"requests_to_cut"`
}

func decisionDocument(d Decision) jsonDecision {
	out := jsonDecision{Choice: d.Choice, Because: d.Because, Sentences: some(d.Sentences), Cautions: some(d.Cautions), Flips: []jsonFlip{}, Expires: d.Expires.String()}
	for _, f := range d.Flips {
		out.Flips = append(out.Flips, jsonFlip(f))
	}
	return out
}

func comparisonDocuments(list []Comparison) []jsonComparison {
	out := []jsonComparison{}
	for _, c := range list {
		out = append(out, jsonComparison{c.Metric, c.A, c.B, c.Family, estimateDocument(c.Ratio), estimateDocument(c.Shift), number(c.Wins), c.Test,
			number(c.P), number(c.Adjusted), c.Pairs, string(c.Verdict), c.MoreRounds, c.Floor, some(c.Notes)})
	}
	return out
}

func disagreementDocuments(list []Disagreement) []jsonDisagreement {
	out := []jsonDisagreement{}
	for _, d := range list {
		out = append(out, jsonDisagreement{d.Metrics, d.Fronts})
	}
	return out
}

func floorDocument(f *Floor) *jsonFloor {
	if f == nil {
		return nil
	}
	return &jsonFloor{f.Run, comparisonDocuments(f.Entries)}
}

// unitOf is the base unit of a gate's figures.
func unitOf(d gate.Dimension) string {
	return map[gate.Dimension]string{gate.Time: "s", gate.Share: "share", gate.Count: "requests", gate.Money: "USD"}[d]
}

func gateDocuments(list []Gate) []jsonGate {
	out := []jsonGate{}
	for _, g := range list {
		out = append(out, jsonGate{g.Gate, g.Front, some(g.Named), g.Outcome, g.Op, unitOf(g.Unit), gateEstimate(g.Value), gateEstimate(g.Limit), gateEstimate(g.Margin), g.Confidence, GateWords(g)})
	}
	return out
}

// gateEstimate leaves out an interval of no width: such a figure is exact.
func gateEstimate(e stats.Estimate) jsonEstimate {
	d := estimateDocument(e)
	if e.Lo == e.Hi {
		d.Low, d.High = nil, nil
	}
	return d
}

func worldsDocument(w *Worlds) *jsonWorlds {
	if w == nil {
		return nil
	}
	return &jsonWorlds{w.Month, w.Million, w.Cheapest, w.Regret}
}

func roundDocuments(list []Round) []jsonRound {
	out := []jsonRound{}
	for _, r := range list {
		out = append(out, jsonRound{r.Round, r.AtS, r.Requests, number(r.P50), number(r.P99)})
	}
	return out
}
