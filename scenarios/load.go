package scenarios

import "time"

// Load is how a trial is loaded. After Parse Stages is never empty, Duration is
// their sum, and a plain rate is one stage.
type Load struct {
	Rate        Rate // 0 when the file gives stages
	Stages      []Stage
	Arrivals    string   // Poisson or Constant
	Polling     *Polling // nil: every request stands alone
	Duration    Duration // of the measurement
	Warmup      Duration // before it, at the first stage's starting rate
	Timeout     Duration
	Connections int
	KeepAlive   bool
	HTTP        string // "1.1", "2" or "3"
	TLS         TLS
}

// How requests are spread over time.
const (
	Poisson  = "poisson"
	Constant = "constant"
)

func (l *Load) fields() []field {
	return []field{
		{name: "rate", into: &l.Rate,
			doc:      "Requests per second throughout. Give either rate or stages.",
			examples: []string{"200/s"}},
		{name: "stages", into: &l.Stages, least: 1,
			doc:      "One rate after another. Give either rate or stages.",
			examples: []string{`[{"from": "10/s", "to": "200/s", "duration": "30s"}, {"rate": "200/s", "duration": "1m"}]`}},
		{name: "arrivals", into: &l.Arrivals, def: Poisson, enum: []string{Poisson, Constant},
			doc: "How requests are spread: at random times, as independent users arrive, which cannot fall into step with a periodic disturbance; or evenly."},
		{name: "polling", into: &l.Polling,
			doc:      "Requests come in sessions that poll: rate is that of all requests, and arrivals says how sessions begin. A session keeps to one of the requests; {session} in its path, query, headers or body is a name of its own, such as job-alb-1-17. With rate only.",
			examples: []string{`{"every": "1s", "times": 6}`}},
		{name: "duration", into: &l.Duration, derived: "30s, or the sum of the stages", min: "100ms", max: "24h",
			doc: "How long a trial measures, warm-up not counted. With rate only."},
		{name: "warmup", into: &l.Warmup, derived: "a fifth of duration, at most 5s", max: "1h",
			doc: "How long a trial sends requests before it measures, at the rate at which it then begins. They are recorded apart and count in no result. Shorter than duration; 0s is none."},
		{name: "timeout", into: &l.Timeout, def: "35s", min: "1ms", max: "15m",
			doc: "How long to wait for an answer, counted from when the request was due. The default lets a front's own timeout (29 s of REST APIs, 30 s of HTTP APIs) be seen."},
		{name: "connections", into: &l.Connections, def: "64", min: "1", max: "10000",
			doc: "The most connections that a trial opens. Requests that find none free wait, and the wait counts as latency; without a bound one hiccup grows into a storm of connections. Over HTTP/2 a connection carries many requests at once, and another is opened when the streams that the front allows on all of them are taken; 1 is what a browser has. Over HTTP/3 there is one."},
		{name: "keepalive", into: &l.KeepAlive, def: "true",
			doc: "Whether connections are used again. With false every request pays for its own."},
		{name: "http", into: &l.HTTP, def: `"1.1"`, enum: []string{"1.1", "2", "3"},
			doc: "The HTTP version, in quotes. Versions 2 and 3 need an https url. A front that does not speak 2, such as one of the lab, is asked over 1.1; 3 is spoken with CloudFront, and 2 with the other fronts, none of which speaks 3. The record says over which each answer came."},
		{name: "tls", into: &l.TLS,
			doc: "TLS to deployed fronts."},
	}
}

func (l *Load) constrain(s *schema) {
	s.OneOf = []*schema{{Required: []string{"rate"}}, {Required: []string{"stages"}}}
}

// Planned is the number of requests that a trial's measurement is expected to
// send, the warm-up left out.
func (l Load) Planned() float64 {
	var n float64
	for _, s := range l.Stages {
		n += float64(s.From+s.To) / 2 * time.Duration(s.Duration).Seconds()
	}
	return n
}

// TLS is how connections to deployed fronts are secured.
type TLS struct {
	InsecureSkipVerify bool
	CAFile             string // "" is the system's
	ServerName         string // "" is the url's host
}

func (t *TLS) fields() []field {
	return []field{
		{name: "insecure_skip_verify", into: &t.InsecureSkipVerify, def: "false",
			doc: "Accept any certificate. For test set-ups only: anybody on the way can answer."},
		{name: "ca_file", into: &t.CAFile, pattern: `\S`, want: "the path of a file",
			doc: "A PEM file of certificate authorities to trust in place of the system's."},
		{name: "server_name", into: &t.ServerName, pattern: `^[A-Za-z0-9.-]+$`, want: "a host name",
			doc: "The host name to expect in the certificate and to send as SNI, in place of the url's."},
	}
}
