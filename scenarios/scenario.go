package scenarios

import "slices"

// Version is the number of the format that this package reads.
const Version = 1

// Scenario is what to measure, what traffic to expect and what would count as
// good enough. Parse returns it with every default filled in.
type Scenario struct {
	Version     int
	Name        string
	Description string
	Handler     string   // a built-in handler, or "" when commands run
	Command     []string // the bootstrap of every lab front without its own, or nil
	Fronts      []Front
	Requests    []Request
	Load        Load
	Distance    *Distance // nil: none is simulated
	Speed       float64   // of the simulated clock of DNS, health checks and outages
	Tables      []Table
	Buckets     []S3Bucket
	Rounds      int
	Seed        *uint64  // nil: the caller draws one and records it
	Traffic     *Traffic // nil: no forecast, so nothing can be said about a month
	Pricing     Pricing
	Gates       []Gate
	Claims      []string // ids of claims that a run is evidence of
	Offload     *Offload // set: there are no fronts, requests and load

	given   []string // top-level fields of the file
	decoder *decoder // nil: it was not parsed

	// Warnings is what weakens the scenario without making it wrong, in file order.
	Warnings []Warning
}

func (s *Scenario) fields() []field {
	return s.formed([]field{
		{name: "version", into: &s.Version, required: true, min: "1", max: "1",
			doc: "The version of this format. It must be the first field, so that a later version can be refused before anything else is read."},
		{name: "name", into: &s.Name, required: true, pattern: kebab, want: kebabWant,
			doc:      "The scenario's name. It becomes part of the name of each run's folder.",
			examples: []string{"quickstart"}},
		{name: "description", into: &s.Description,
			doc: "One or two sentences for the list of scenarios and for reports."},
		{name: "handler", into: &s.Handler, pattern: kebab, want: kebabWant,
			doc:      "The built-in handler that every front of the lab runs. Give either handler or command.",
			examples: []string{"hello", "meditate"}},
		{name: "command", into: &s.Command, least: 1, pattern: `\S`, want: "words of a command",
			doc:      "The program that every front of the lab runs instead of a built-in handler, as a list of words: anything that speaks the Lambda Runtime API. A first word bench is this program, whose runtime command serves a file in Python or Node.js that lies beside the scenario. Give either handler or command.",
			examples: []string{`["./bootstrap"]`, `["bench", "runtime", "python", "lambda_function.lambda_handler"]`, `["bench", "runtime", "nodejs", "index.handler"]`}},
		{name: "fronts", into: &s.Fronts, required: true, least: 1,
			doc: "The front doors to compare, in the order in which reports list them."},
		{name: "requests", into: &s.Requests, required: true, least: 1,
			doc: "The requests to send, drawn at random by weight. Every front gets the same ones."},
		{name: "load", into: &s.Load, required: true,
			doc: "How each trial (one front in one round) is loaded."},
		{name: "distance", into: &s.Distance,
			doc:      "Simulates how far viewers, Regions and edge locations are from each other: the lab lets requests wait for the round trips that a matrix has. Left out, there is no distance. {} takes every default. Lab only.",
			examples: []string{`{}`, `{"viewer": "us-east-1", "matrix": "april-2017"}`}},
		{name: "tables", into: &s.Tables,
			doc: "The DynamoDB tables of the lab, which handlers call through the AWS SDK. Lab only."},
		{name: "buckets", into: &s.Buckets,
			doc: "The S3 buckets of the lab, which handlers call through the AWS SDK. Lab only."},
		{name: "speed", into: &s.Speed, def: "1", min: "1", max: "10000",
			doc:      "How much faster than life the clock runs that TTLs, health checks and outages are on. Requests take their real time, and rates and durations of load are real too: at 60, a client that polls every 10 s sends 6/s. Lab only.",
			examples: []string{"60"}},
		{name: "rounds", into: &s.Rounds, def: "12", min: "1", max: "1000",
			doc: "How often every front is visited, in a fresh random order each time. A round is one sample, however many requests it holds: fewer than 6 cannot show any difference at the 5 % level, and 10 or more are advised."},
		{name: "seed", into: &s.Seed,
			doc:      "Decides the order of fronts, the arrivals and the draw of requests. Left out, each run draws its own and records it.",
			examples: []string{"42"}},
		{name: "traffic", into: &s.Traffic,
			doc: "The forecast that monthly costs and break-even points are computed for. Left out, reports show cost per request only."},
		{name: "pricing", into: &s.Pricing,
			doc: "Which prices apply."},
		{name: "gates", into: &s.Gates,
			doc:      "Conditions that decide the exit code (3 when one fails, 4 when one cannot be told), in the notation of k6's thresholds: a measured quantity, optionally of one front in square brackets, compared with a limit or with another quantity. p(95), avg, med, min, max are response times of successful requests in warm environments, overhead_p(95) is what the front adds: the time from the send over a connection that stands, less the function's own duration; rate is the share that failed, count the requests; usd_per_million and usd_per_month are the forecast's.",
			examples: []string{`["p(95)<200", "rate<0.01", "p(95)[alb] <= p(95)[http-api] + 5ms", "usd_per_million<1.50"]`}},
		s.claimsField(),
		{name: "offload", into: &s.Offload,
			doc:      "Keeps an object of S3 in Akamai's caches, by each of several options, instead of sending requests to fronts: simulated over days, and run on loopback for seconds. {} takes every default. Give either offload or fronts, requests and load.",
			examples: []string{`{}`, `{"edges": 20, "parents": 1, "ttl": "48h"}`}},
	})
}

func (s *Scenario) constrain(c *schema) {
	c.Not = &schema{Required: []string{"handler", "command"}}
	measured := slices.DeleteFunc(slices.Clone(c.Required), func(name string) bool { return name == "version" || name == "name" })
	c.Required = []string{"version", "name"}
	var others []*schema
	for _, p := range c.Properties {
		if !slices.Contains(offloadFields(), p.name) {
			others = append(others, &schema{Required: []string{p.name}})
		}
	}
	c.OneOf = []*schema{{Required: measured, Not: &schema{Required: []string{"offload"}}}, {Required: []string{"offload"}, Not: &schema{AnyOf: others}}}
}

// Position is where the value at path stands in the file, or the nearest thing around it
// that does; line 1 of a scenario that was not parsed.
func (s *Scenario) Position(path string) (line, column int) { return s.decoder.position(path) }

// Error is a mistake that the caller found in the value at path, such as a claim that
// there is not. path is written as in errors: "fronts[0].code".
func (s *Scenario) Error(path, problem, want string) *Error {
	return s.decoder.mistake(path, problem, want)
}

// ids lists the ids of the fronts.
func (s *Scenario) ids() []string {
	ids := make([]string, 0, len(s.Fronts))
	for _, f := range s.Fronts {
		ids = append(ids, f.ID)
	}
	return ids
}

// Front returns the front called id.
func (s *Scenario) Front(id string) (Front, bool) {
	i := slices.IndexFunc(s.Fronts, func(f Front) bool { return f.ID == id })
	if i < 0 {
		return Front{}, false
	}
	return s.Fronts[i], true
}
