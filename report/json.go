package report

import (
	_ "embed"
	"encoding/json"
	"io"
	"math"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/record"
	"frontdoor/stats"
)

// SchemaVersion is the version of report.json; schema.json describes it.
const SchemaVersion = 2

//go:embed schema.json
var schema string

// Schema is the JSON Schema of report.json.
func Schema() []byte { return []byte(schema) }

// JSON writes the report with full values. Figures that are not known, or that
// the sample cannot bear, are null with a reason beside them: never zero.
func JSON(w io.Writer, r *Report) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(document(r))
}

type jsonReport struct {
	SchemaVersion int                `json:"schema_version"`
	Run           jsonRun            `json:"run"`
	Pricing       jsonPricing        `json:"pricing"`
	Rule          jsonRule           `json:"rule"`
	Decision      jsonDecision       `json:"decision"`
	Comparisons   []jsonComparison   `json:"comparisons"`
	Disagreements []jsonDisagreement `json:"disagreements"`
	Floor         *jsonFloor         `json:"noise_floor"`
	Gates         []jsonGate         `json:"gates"`
	Claims        []Claim            `json:"claims,omitempty"`
	Fronts        []jsonFront        `json:"fronts"`
	BreakEven     []jsonBreakEven    `json:"break_even"`
	Uncertainty   *jsonUncertainty   `json:"uncertainty"`
	Sensitivity   *jsonSensitivity   `json:"sensitivity"`
	Eras          []jsonEra          `json:"eras,omitempty"`
	Reading       *jsonReading       `json:"reading,omitempty"` // of deployed fronts
	Itself        *jsonItself        `json:"run_itself,omitempty"`
	Missing       []string           `json:"missing"`
	Warnings      []string           `json:"warnings"`
}

type jsonRun struct {
	ID            string           `json:"id"`
	Scenario      string           `json:"scenario"`
	Description   string           `json:"description"`
	Handler       string           `json:"handler"`
	LatencySource record.Source    `json:"latency_source"`
	Tool          string           `json:"tool"`
	Started       time.Time        `json:"started"`
	Ended         *time.Time       `json:"ended"`
	Seed          uint64           `json:"seed"`
	Rounds        int              `json:"rounds"`
	Rate          float64          `json:"requests_per_second"`
	Arrivals      string           `json:"arrivals"`
	Host          record.Host      `json:"host"`
	DurationS     float64          `json:"trial_s"`
	WarmupS       float64          `json:"warmup_s"`
	Connections   int              `json:"connections"`
	AA            bool             `json:"aa"`
	Distance      *record.Distance `json:"simulated_distance"`
	Sum           string           `json:"run_json_sha256"`
}

type jsonPricing struct {
	AsOf     pricing.Date     `json:"as_of"`
	FreeTier pricing.FreeTier `json:"free_tier"`
	Book     string           `json:"price_book"`
	Currency string           `json:"currency"`
	Requests jsonTraffic      `json:"requests_per_month"`
}

type jsonTraffic struct {
	Low      int64 `json:"low"`
	Expected int64 `json:"expected"`
	High     int64 `json:"high"`
	Assumed  bool  `json:"assumed"`
}

type jsonFront struct {
	ID           string         `json:"id"`
	Kind         string         `json:"kind"`
	Name         string         `json:"name"`
	Region       string         `json:"region"`
	MemoryMB     int            `json:"memory_mb"`
	Architecture string         `json:"architecture"`
	Rounds       int            `json:"rounds_counted"`
	Invalid      []jsonWeakness `json:"invalid_trials"`
	Disturbed    []jsonWeakness `json:"disturbed_trials"`
	Requests     int            `json:"requests"`
	Warmup       int            `json:"warmup_requests"`
	Failed       int            `json:"failed"`
	Failures     []jsonFailure  `json:"failures"`
	Response     []jsonQuantile `json:"response_ms"`
	Service      []jsonQuantile `json:"service_ms"`
	Mean         jsonEstimate   `json:"response_mean_ms"`
	ByRound      []jsonRound    `json:"rounds"`
	Settling     jsonSettling   `json:"settling"`
	Connections  *jsonPhases    `json:"connections"`
	Parts        []jsonPart     `json:"parts"`
	Cold         jsonCold       `json:"cold"`
	Function     jsonFunction   `json:"function"`
	CloudWatch   jsonCloudWatch `json:"cloudwatch"`
	Counters     []jsonCount    `json:"lab_counters"`
	Failover     *jsonFailover  `json:"failover"`
	Cost         jsonCost       `json:"cost"`
}

type jsonWeakness struct {
	Round   int    `json:"round"`
	Attempt int    `json:"attempt"`
	Why     string `json:"why"`
}

type jsonFailure struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

type jsonEstimate struct {
	Value   *float64 `json:"value"`
	Low     *float64 `json:"low"`
	High    *float64 `json:"high"`
	N       int      `json:"n"`
	Refused string   `json:"refused,omitempty"`
	Note    string   `json:"note,omitempty"`
}

type jsonQuantile struct {
	Q float64 `json:"q"`
	jsonEstimate
}

type jsonCold struct {
	Known  bool         `json:"known"`
	Count  int          `json:"count"`
	Rate   jsonEstimate `json:"rate"`
	P50    jsonEstimate `json:"response_p50_ms"`
	InitMS *float64     `json:"init_mean_ms"`
}

type jsonFunction struct {
	Reports     int         `json:"report_lines"`
	MeanMS      *float64    `json:"duration_mean_ms"`
	MaxMemoryMB *int        `json:"max_memory_used_mb"`
	Billed      *jsonBilled `json:"billed_ms"`
	AllReports  int         `json:"report_lines_with_warmup"`
	AllBilled   *jsonBilled `json:"billed_ms_with_warmup"`

	Regions []RegionShare `json:"regions,omitempty"`
}

// jsonBilled is the sum of billed milliseconds under each granularity; null
// without a REPORT line.
type jsonBilled struct {
	WithoutInit pricing.Totals `json:"without_init"`
	WithInit    pricing.Totals `json:"with_init"`
}

type jsonCloudWatch struct {
	Coverage *record.Coverage `json:"coverage"`
	Metrics  []record.Metric  `json:"metrics"`
	Steps    []record.Steps   `json:"billing_steps"`
	Problems []string         `json:"problems"`
	Joined   *jsonJoined      `json:"joined,omitempty"` // of deployed fronts whose REPORT lines were read
}

// jsonFailover is in seconds of the simulated clock.
type jsonFailover struct {
	Trials  int       `json:"trials"`
	Seconds []float64 `json:"seconds"`
}

// jsonCount is null per request where nothing was sent.
type jsonCount struct {
	Name       string   `json:"name"`
	Region     string   `json:"region"`
	Value      float64  `json:"value"`
	PerRequest *float64 `json:"per_request"`
}

type jsonCost struct {
	Bill        *pricing.Bill `json:"bill"`
	Unavailable string        `json:"unavailable,omitempty"`
	Low         *pricing.USD  `json:"low_usd_per_month"`
	High        *pricing.USD  `json:"high_usd_per_month"`
	Worlds      *jsonWorlds   `json:"drawn_months"`
	Cannot      string        `json:"cannot_carry,omitempty"`
}

func document(r *Report) jsonReport {
	d := jsonReport{
		SchemaVersion: SchemaVersion,
		Run: jsonRun{
			ID: r.Run.ID, Scenario: r.Run.Scenario, Description: r.Run.Description, Handler: r.Run.Handler,
			LatencySource: r.Run.Source, Tool: r.Run.Tool, Started: r.Run.Started.UTC(), Seed: r.Run.Seed, Rounds: r.Run.Rounds,
			Rate: r.Run.Rate, Arrivals: r.Run.Arrivals, Host: r.Run.Host,
			DurationS: r.Run.Duration.Seconds(), WarmupS: r.Run.Warmup.Seconds(), Connections: r.Run.Connections, AA: r.Run.AA, Distance: r.Run.Distance, Sum: r.Run.Sum,
		},
		Pricing: jsonPricing{r.Pricing.AsOf, r.Pricing.FreeTier, bookName(r.Pricing.Book), "USD",
			jsonTraffic{r.Traffic.Low, r.Traffic.Expected, r.Traffic.High, r.Traffic.Assumed}},
		Rule:     jsonRule{r.Pricing.Reference, some(r.Pricing.Metrics), r.Pricing.Alpha, r.Pricing.Delta, r.Pricing.Material},
		Decision: decisionDocument(r.Decision), Comparisons: comparisonDocuments(r.Comparisons), Disagreements: disagreementDocuments(r.Disagreements),
		Floor: floorDocument(r.Floor), Gates: gateDocuments(r.Gates), Claims: r.Claims, BreakEven: []jsonBreakEven{},
		Fronts: []jsonFront{}, Missing: some(r.Missing), Warnings: some(r.Warnings),
	}
	if !r.Run.Ended.IsZero() {
		ended := r.Run.Ended.UTC()
		d.Run.Ended = &ended
	}
	for _, f := range r.Fronts {
		d.Fronts = append(d.Fronts, frontDocument(f))
	}
	d.Eras, d.Reading, d.Itself = eraDocuments(r.Eras), readingDocument(r.Reading), itselfDocument(r.Itself)
	if e := r.Estimate; e != nil {
		for _, b := range []*estimate.BreakEven{e.Requests, e.Duration} {
			if b != nil {
				d.BreakEven = append(d.BreakEven, breakEvenDocument(b))
			}
		}
		if e.Uncertainty != nil {
			d.Uncertainty = uncertaintyDocument(e.Uncertainty)
		}
		if e.Sensitivity != nil {
			d.Sensitivity = sensitivityDocument(e.Sensitivity)
		}
	}
	return d
}

func bookName(name string) string {
	if name == "" {
		return shippedBook
	}
	return name
}

func frontDocument(f Front) jsonFront {
	d := jsonFront{
		ID: f.ID, Kind: string(f.Kind), Name: f.Name, Region: f.Region, MemoryMB: f.MemoryMB, Architecture: f.Architecture,
		Rounds: f.Rounds, Invalid: weaknessDocuments(f.Invalid), Disturbed: weaknessDocuments(f.Disturbed), Requests: f.Requests, Warmup: f.Warmup, Failed: f.Failed,
		Failures: []jsonFailure{}, Response: quantileDocuments(f.Response), Service: quantileDocuments(f.Service),
		Mean: estimateDocument(f.Mean), ByRound: roundDocuments(f.ByRound), Settling: jsonSettling(f.Settling),
		Connections: phasesDocument(f.Phases), Parts: partDocuments(f.Parts),
		Cold:       jsonCold{f.Cold.Known, f.Cold.Count, estimateDocument(f.Cold.Rate), estimateDocument(f.Cold.P50), number(f.Cold.Init)},
		Function:   functionDocument(f.Function),
		CloudWatch: jsonCloudWatch{Metrics: some(f.Metrics), Steps: some(f.Function.Steps), Problems: some(f.Problems), Joined: joinedDocument(f.Joined)},
		Counters:   []jsonCount{},
		Cost:       jsonCost{Unavailable: f.Cost.Why()},
	}
	if f.Failover != nil {
		d.Failover = &jsonFailover{f.Failover.Trials, some(f.Failover.Seconds)}
	}
	for _, c := range f.Counts {
		d.Counters = append(d.Counters, jsonCount(c))
	}
	for _, e := range f.Errors {
		d.Failures = append(d.Failures, jsonFailure(e))
	}
	if f.Metrics != nil {
		d.CloudWatch.Coverage = &f.Coverage
	}
	if f.Cost.Priced() {
		d.Cost = *monthDocument(&f.Cost)
	}
	return d
}

func functionDocument(fn Function) jsonFunction {
	d := jsonFunction{Reports: fn.Reports, MeanMS: number(fn.Mean), AllReports: fn.All, Regions: fn.Regions}
	if fn.MaxMemoryMB > 0 {
		d.MaxMemoryMB = &fn.MaxMemoryMB
	}
	if fn.Reports > 0 {
		d.Billed = &jsonBilled{fn.WithoutInit, fn.WithInit}
	}
	if fn.All > 0 {
		d.AllBilled = &jsonBilled{fn.AllWithoutInit, fn.AllWithInit}
	}
	return d
}

func weaknessDocuments(list []Weakness) []jsonWeakness {
	out := []jsonWeakness{}
	for _, w := range list {
		out = append(out, jsonWeakness(w))
	}
	return out
}

func quantileDocuments(quantiles []Quantile) []jsonQuantile {
	out := []jsonQuantile{}
	for _, q := range quantiles {
		out = append(out, jsonQuantile{q.Q, estimateDocument(q.Estimate)})
	}
	return out
}

func estimateDocument(e stats.Estimate) jsonEstimate {
	d := jsonEstimate{Low: number(e.Lo), High: number(e.Hi), N: e.N, Refused: e.Refused, Note: e.Note}
	if e.Refused == "" {
		d.Value = number(e.Point)
	}
	return d
}

// number is nil for what is not a number.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// some makes an absent list an empty one: readers should not have to tell null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
