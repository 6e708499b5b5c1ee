// Package record is a run on disk: what happened, and nothing concluded. No
// percentile and no dollar is in it. Everything to the right of it (pricing,
// stats, report) is a pure function of what record.Open returns.
//
// A run is a folder:
//
//	run.json                  Run: host, seed, fronts, trials and their state
//	scenario.yaml             the scenario, byte for byte
//	targets.yaml              the deployed fronts, byte for byte; only of runs that were given them
//	plan.json                 what the run was expected to use and cost, and where it would
//	                          be stopped; only of runs that were agreed to
//	hits/RR-FRONT.parquet     one Hit per request of the trial of FRONT in round RR;
//	                          RR-FRONT.b is the second visit in an A/A run
//	reports/RR-FRONT.parquet  one Report per invocation that the trial caused; of a deployed
//	                          front it comes at the end of the run
//	meters.json               Meters: what CloudWatch said of each front over the run
//	counters.json             []Counter: what the lab metered beside CloudWatch
//	offload.json              Offload: what the options of an offload scenario did
//	logs/                     the lab's function logs, as text
package record

import (
	"strings"
	"time"

	"frontdoor/front"
)

// Format is the number of the layout that this package writes. Open reads this
// and every earlier one, and refuses later ones. Format 2 had nothing of what
// functions consumed in a Hit. Format 1 had no connection phases, no protocol and
// nothing of the front's own in a Hit either, and no Region in a Report.
const Format = 3

// Source says where the latencies of a run come from. A lab figure must never
// read as an AWS figure, so every report names it.
type Source string

// The sources of latency.
const (
	SourceLab Source = "lab" // this machine, loopback
	SourceAWS Source = "aws" // deployed endpoints
	SourceURL Source = "url" // endpoints of unknown make, named by URL
)

// Run is run.json.
type Run struct {
	Format   int       `json:"format"`
	ID       string    `json:"id"`                       // folder name: 20261122T153000Z-quickstart
	Scenario string    `json:"scenario"`                 // the scenario's name
	YAMLSum  string    `json:"scenario_sha256"`          // of scenario.yaml as it was run
	Targets  string    `json:"targets_sha256,omitempty"` // of targets.yaml; "" when there is none
	Tool     string    `json:"tool"`                     // version of bench that wrote the run
	Source   Source    `json:"source"`
	Seed     uint64    `json:"seed"` // decides the order of fronts and the arrivals
	Rounds   int       `json:"rounds"`
	Host     Host      `json:"host"`
	Started  time.Time `json:"started"`
	Imported time.Time `json:"imported,omitzero"`            // when another tool's files became this run; zero: it measured itself
	Ended    time.Time `json:"ended,omitzero"`               // zero: the run did not get to its end
	Stopped  string    `json:"stopped,omitempty"`            // why it ended early, e.g. "interrupt"
	AA       bool      `json:"aa,omitempty"`                 // each round visits every front twice, to see how far equal things come apart
	Distance *Distance `json:"simulated_distance,omitempty"` // nil: none was simulated
	Speed    float64   `json:"clock_speed,omitempty"`        // of the clock of Events; 0 when there are none
	Floor    string    `json:"floor_run,omitempty"`          // id of the A/A run of the same scenario and host that lay beside this one when it began
	Fronts   []Front   `json:"fronts"`
	Trials   []Trial   `json:"trials"` // every planned trial, in the order visited
}

// Made is when the run was made: when it began, or when it was imported, which is later
// than what it holds.
func (r *Run) Made() time.Time {
	if !r.Imported.IsZero() {
		return r.Imported
	}
	return r.Started
}

// Front returns the front with the given id.
func (r *Run) Front(id string) (Front, bool) {
	for _, f := range r.Fronts {
		if f.ID == id {
			return f, true
		}
	}
	return Front{}, false
}

// Host describes the machine that generated the load.
type Host struct {
	OS       string `json:"os"`
	Arch     string `json:"arch"`
	CPUs     int    `json:"cpus"`
	CPUModel string `json:"cpu_model,omitempty"`
	Go       string `json:"go"`
}

// Front is one front door of the run, with its function.
type Front struct {
	ID           string     `json:"id"`
	Kind         front.Kind `json:"kind"`
	URL          string     `json:"url"`
	Region       string     `json:"region"`                             // Region of the front, "us-east-1"
	Also         []string   `json:"further_regions,omitempty"`          // with copies of front and function, of a domain name
	Viewer       string     `json:"viewer,omitempty"`                   // Region that its viewers are near; with simulated distance only
	Function     string     `json:"function"`                           // function name in AWS/Lambda metrics; "us-east-1.NAME" for Lambda@Edge
	FunctionIn   string     `json:"function_region"`                    // Region whose CloudWatch holds the function's metrics; "" of Lambda@Edge: not found yet
	AlsoIn       []string   `json:"further_function_regions,omitempty"` // that ran a function of Lambda@Edge too
	MemoryMB     int        `json:"memory_mb"`
	Architecture string     `json:"architecture"`  // x86_64 or arm64
	DNS          *DNS       `json:"dns,omitempty"` // nil: the front has no name of its own
	Resource     Resource   `json:"resource"`

	Further []Function `json:"further_functions,omitempty"` // of a CloudFront distribution, besides Function
	Cached  bool       `json:"cached,omitempty"`            // CloudFront may answer without invoking Function

	Imported *Imported `json:"imported,omitempty"` // nil: bench itself sent the requests
}

// Function is a further function of a front, at an event of CloudFront.
type Function struct {
	Event    string     `json:"event"` // "viewer-response"
	Kind     front.Kind `json:"kind"`
	Function string     `json:"function"`                           // as Front has it
	In       string     `json:"function_region"`                    // that ran it
	AlsoIn   []string   `json:"further_function_regions,omitempty"` // and those that did too
}

// Resource holds the identifiers under which CloudWatch keeps the front's own
// metrics; which of them are set depends on the kind.
type Resource struct {
	APIName      string `json:"api_name,omitempty"`      // REST API: dimension ApiName
	APIID        string `json:"api_id,omitempty"`        // HTTP API: dimension ApiId
	Stage        string `json:"stage,omitempty"`         // REST and HTTP API: dimension Stage
	LoadBalancer string `json:"load_balancer,omitempty"` // ALB: "app/NAME/ID"
	TargetGroup  string `json:"target_group,omitempty"`  // ALB: "targetgroup/NAME/ID"
	Distribution string `json:"distribution,omitempty"`  // CloudFront: DistributionId
	MultiValue   bool   `json:"multi_value,omitempty"`   // ALB: lambda.multi_value_headers.enabled
	// REST API: reached through CloudFront, by its endpoint type.
	EdgeOptimized bool `json:"edge_optimized,omitempty"`
}

// State is what became of a trial.
type State string

// The states of a trial. A trial that run.json leaves "running" was lost when
// the process died: Open reports it as Lost, and nothing of it is counted.
const (
	Planned     State = "planned"
	Running     State = "running"
	Done        State = "done"
	Interrupted State = "interrupted" // stopped on the way; its hits so far are kept
	Lost        State = "lost"
)

// Trial is one front in one round. Times inside Hit are relative to Started. An
// invalid trial is visited again in the same round, as a further attempt.
type Trial struct {
	Round     int       `json:"round"`         // from 1
	Attempt   int       `json:"attempt"`       // from 1
	Arm       int       `json:"arm,omitempty"` // 0 or, at the second visit of a round in an A/A run, 1
	Front     string    `json:"front"`
	State     State     `json:"state"`
	Started   time.Time `json:"started,omitzero"`
	Ended     time.Time `json:"ended,omitzero"`
	Load      *Load     `json:"load,omitempty"`      // absent until the trial ended
	Invalid   []string  `json:"invalid,omitempty"`   // why the trial must not be believed; it does not count
	Disturbed []string  `json:"disturbed,omitempty"` // what weakens it; it counts
	Events    []Event   `json:"events,omitempty"`    // in order
	// SHA-256 of the trial's files, set when they are written. Parquet has checksums
	// of its pages and none of its footer: a flipped byte there moves a column. A trial
	// with hits and no sum of reports is one whose REPORT lines were not read.
	HitsSum    string `json:"hits_sha256,omitempty"`
	ReportsSum string `json:"reports_sha256,omitempty"`
}

// Load says how well the generator kept its own plan in a trial. Durations in
// nanoseconds, rates in requests per second, warm-up left out.
type Load struct {
	Planned      int     `json:"planned"` // requests in the schedule, warm-up included
	Sent         int     `json:"sent"`    // requests sent, warm-up included
	Warmup       int     `json:"warmup"`  // of those, in the warm-up
	AskedRate    float64 `json:"asked_rate"`
	AchievedRate float64 `json:"achieved_rate"`
	LateP50      int64   `json:"late_p50_ns"` // launched - due
	LateP99      int64   `json:"late_p99_ns"`
	LateMax      int64   `json:"late_max_ns"`
	Starved      float64 `json:"starved"`     // share of the trial in which this process was refused CPU, 0 to 1
	Throttled    float64 `json:"throttled"`   // share of the trial in which a CPU quota held this process back
	Connections  int     `json:"connections"` // dialled in the trial
}

// Hit is one request. Times are nanoseconds since the trial's Started; a time
// that was never reached is -1. Response time is Done-Due, service time is
// Done-Sent, and Launched-Due is the generator's own lateness.
type Hit struct {
	Seq       int64  `parquet:"seq,delta"`
	Request   int32  `parquet:"request"` // index into the scenario's requests
	Warmup    bool   `parquet:"warmup"`
	Due       int64  `parquet:"due_ns,delta"`      // when the schedule wanted it sent
	Launched  int64  `parquet:"launched_ns,delta"` // when a worker took it up
	Sent      int64  `parquet:"sent_ns,delta"`     // when it had a connection to be written to
	FirstByte int64  `parquet:"first_byte_ns,delta"`
	Done      int64  `parquet:"done_ns,delta"` // last byte of the answer, or the failure
	Status    int32  `parquet:"status"`        // HTTP status, 0 when no answer came
	BytesOut  int64  `parquet:"bytes_out"`     // request: line, headers and body
	BytesIn   int64  `parquet:"bytes_in"`      // answer: line, headers and body
	NewConn   bool   `parquet:"new_conn"`
	RequestID string `parquet:"request_id,optional"` // Lambda request id, "" when the answer had none; CloudFront: see Invocations
	Cold      int32  `parquet:"cold"`                // 1 cold environment, 0 warm, -1 not said
	Error     string `parquet:"error,optional,dict"` // "" is success: else what was wrong, e.g. "timeout", "status 502", "body"

	// How long the phases of its connection took, nanoseconds, of a request that
	// waited for a new one; 0 is a phase that did not take place: no name to look up,
	// no TLS, a connection that was there. TLS is QUIC's handshake over HTTP/3. They lie between Launched and Sent.
	DNS      int64  `parquet:"dns_ns"`
	Connect  int64  `parquet:"connect_ns"`
	TLS      int64  `parquet:"tls_ns"`
	Protocol string `parquet:"protocol,optional,dict"`    // of the answer: "HTTP/1.1", "HTTP/2.0"; "" without one
	FrontID  string `parquet:"front_request_id,optional"` // the front's own id of the request: x-amz-cf-id, apigw-requestid, x-amzn-requestid; "" of others
	Pop      string `parquet:"pop,optional,dict"`         // CloudFront's x-amz-cf-pop: the edge location that answered, such as "FRA56-P7"
	Cache    string `parquet:"x_cache,optional,dict"`     // CloudFront's x-cache, such as "Miss from cloudfront"
	Consumed string `parquet:"consumed,optional,dict"`    // what the functions said that they consumed of other services, "" when they said nothing: see Consumption
}

// Invocations are the Lambda request ids of the functions that were invoked for the
// request, or whose answer came out of a cache. known is false when the answer told
// none, which is not the same as having invoked none: that is "-".
func (h Hit) Invocations() (ids []string, known bool) {
	switch h.RequestID {
	case "":
		return nil, false
	case "-":
		return nil, true
	}
	return strings.Split(h.RequestID, ","), true
}

// NotKnown is the LogBytes of a Report whose other lines nobody read.
const NotKnown = -1

// Report is one invocation, as the function's REPORT log line tells it: the
// exact source of billed duration.
type Report struct {
	RequestID  string `parquet:"request_id"`
	DurationUS int64  `parquet:"duration_us"` // Duration, microseconds (the line has 10 us resolution)
	BilledMS   int64  `parquet:"billed_ms"`   // Billed Duration as printed
	InitUS     int64  `parquet:"init_us"`     // Init Duration; -1 on a warm start
	MemoryMB   int32  `parquet:"memory_mb"`
	MaxMemMB   int32  `parquet:"max_memory_mb"`
	Status     string `parquet:"status,optional,dict"` // "" success, "error", "timeout"
	LogBytes   int64  `parquet:"log_bytes"`            // bytes of every log line of the invocation; NotKnown where only its REPORT was read
	Region     string `parquet:"region,optional,dict"` // that ran it; "" is the front's FunctionIn
}

// Meters is meters.json: what CloudWatch said, per front over the run's window.
type Meters struct {
	Fronts  []FrontMeters `json:"fronts"`
	Reading *Reading      `json:"reading,omitempty"` // nil: of an earlier bench
}

// FrontMeters is what CloudWatch said of one front and its function. AWS keeps
// metrics by the minute, so they cover the whole run with its warm-ups.
type FrontMeters struct {
	Front    string    `json:"front"`
	From     time.Time `json:"from"` // window asked for, whole minutes
	Until    time.Time `json:"until"`
	Coverage Coverage  `json:"coverage"`
	Reports  string    `json:"reports,omitempty"` // how its REPORT lines were read; "": from the lab's files
	Metrics  []Metric  `json:"metrics"`
	Steps    []Steps   `json:"steps,omitempty"`
	Problems []string  `json:"problems,omitempty"` // checks that failed, metrics that never came
}

// Coverage compares what CloudWatch saw with what was sent.
type Coverage struct {
	Sent        int     `json:"sent"`                  // requests sent to the front, warm-ups included
	Warmup      int     `json:"warmup"`                // of those, warm-up
	Invocations *int64  `json:"invocations,omitempty"` // nil: CloudWatch had no datapoint
	WaitedS     float64 `json:"waited_s"`              // seconds waited for late datapoints
}

// Metric is one statistic of one metric over the window. Value is nil when
// CloudWatch had no datapoint: missing is not zero.
type Metric struct {
	Namespace  string      `json:"namespace"`
	Name       string      `json:"name"`
	Dimensions []Dimension `json:"dimensions"`
	Region     string      `json:"region"` // whose CloudWatch was asked; of a domain name "us-east-1, us-west-2"
	Stat       string      `json:"stat"`
	Unit       string      `json:"unit"`
	PeriodS    int         `json:"period_s"`
	Value      *float64    `json:"value"`
	Datapoints int         `json:"datapoints"`
}

// Dimension is a CloudWatch dimension.
type Dimension struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Steps counts the function's durations by billing step, read through TC
// (trimmed count) with bounds at multiples of the granularity. Counts[i] is the
// number of invocations with i*g < Duration <= (i+1)*g.
type Steps struct {
	GranularityMS int     `json:"granularity_ms"`
	Counts        []int64 `json:"counts"`
	TailCount     int64   `json:"tail_count"`  // invocations above the last step read
	TailSumMS     float64 `json:"tail_sum_ms"` // sum of their durations
	// BilledMin and BilledMax bound the billed milliseconds of all invocations,
	// Init left out; they are equal when there is no tail.
	BilledMin int64 `json:"billed_min_ms"`
	BilledMax int64 `json:"billed_max_ms"`
}
