package scenarios

import (
	"slices"
	"strings"

	"frontdoor/front"
)

// WorkloadFront is one front door and the month of traffic that it gets. A nil pointer
// is something that the file does not say: what depends on it is missing from the bill.
type WorkloadFront struct {
	ID           string
	Kind         front.Kind
	Region       string // us-east-1 for the edge kinds
	Architecture string // "x86_64" or "arm64"
	Memory       Memory
	Duration     *Timing // of an invocation, without initialisation

	RequestsPerMonth Range[Whole]
	HourlyProfile    []Decimal // 24 weights, UTC
	HoursPerMonth    Decimal
	RequestSize      *Range[Bytes]
	ResponseSize     *Range[Bytes]

	RequestsPerConnection Range[Decimal]
	ConnectionLifetime    Duration
	Rules                 int // ALB: listener rules evaluated for a request
	AvailabilityZones     int // ALB

	Viewers       map[string]Portion // edge: CloudFront's zone -> share of requests
	HTTPS         Portion            // edge
	CacheHitRatio Range[Portion]     // edge
	Events        []string           // edge: the events with a function

	Cold            *Cold
	LogSize         *Range[Bytes] // of an invocation
	LogKeptGBMonths *Decimal
	DynamoDB        *DynamoDB
}

func (f *WorkloadFront) fields() []field {
	return slices.Concat(f.function(), f.traffic(), f.doors(), f.extras())
}

// function is the front and its function; Front.place has the sources.
func (f *WorkloadFront) function() []field {
	return []field{
		{name: "id", into: &f.ID, required: true, pattern: kebab, want: kebabWant,
			doc:      "The front's name in reports; each front has its own.",
			examples: []string{"http-api"}},
		{name: "kind", into: &f.Kind, required: true, enum: kinds(),
			doc: "The kind of front door: API Gateway REST API with a Lambda proxy integration or without one, or HTTP API, Application Load Balancer, Lambda function URL, CloudFront with Lambda@Edge at one of its four events, or CloudFront with a CloudFront Function."},
		{name: "region", into: &f.Region, derived: "the workload's; us-east-1 for the edge kinds", pattern: regionPattern, want: regionWant,
			doc: "The AWS Region of the front. A Lambda@Edge function is always made in us-east-1."},
		{name: "architecture", into: &f.Architecture, def: "x86_64", enum: []string{"x86_64", "arm64"},
			doc: "The processor that the function is priced for. Lambda@Edge has x86_64 only."},
		{name: "memory", into: &f.Memory, def: "128MB", min: "128MB", max: "10240MB",
			doc: "The function's memory, in Lambda's megabytes. A Lambda@Edge function at a viewer event has 128MB and no more."},
		{name: "duration", into: &f.Duration,
			doc:      "How long an invocation takes, without initialisation, in the best form that is known. Left out, the bill is a lower bound.",
			examples: []string{`"52ms"`, `{"mean": "52ms", "p99": "180ms"}`}},
	}
}

func (f *WorkloadFront) traffic() []field {
	return []field{
		{name: "requests_per_month", into: &f.RequestsPerMonth, min: "1",
			doc:      "How many requests a month brings. Every front needs it, here or in defaults.",
			examples: []string{`{"low": "7M", "expected": "15M", "high": "32M"}`}},
		{name: "hourly_profile", into: &f.HourlyProfile, derived: "the same in each hour", least: 24, most: 24, min: "0", max: "1000000",
			doc: "24 weights, one for each hour of a day (UTC), the same every day: load balancers bill the busiest dimension hour by hour."},
		{name: "hours_per_month", into: &f.HoursPerMonth, def: "730", min: "1", max: "744",
			doc: "Hours in the month that is priced; 730 is a twelfth of a year."},
		{name: "request_size", into: &f.RequestSize, def: "1KB", max: "20MB",
			doc:      "Bytes of a request, with its headers: HTTP APIs and load balancers bill them. The default is an assumption.",
			examples: []string{`"700B"`}},
		{name: "response_size", into: &f.ResponseSize, derived: "unknown", max: "20MB",
			doc:      "Bytes of an answer, with its headers. Left out, the bill is a lower bound.",
			examples: []string{`"6KB"`}},
		{name: "requests_per_connection", into: &f.RequestsPerConnection, def: "10", min: "1",
			doc: "How many requests come over one connection; load balancers bill connections. The default is an assumption."},
		{name: "connection_lifetime", into: &f.ConnectionLifetime, def: "60s", min: "1s", max: "24h",
			doc: "How long a connection stays open; load balancers bill open connections. The default is the idle timeout of a new Application Load Balancer."},
	}
}

// doors are the fields of one kind only: two Availability Zones are the fewest that
// a load balancer takes,
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
func (f *WorkloadFront) doors() []field {
	return []field{
		{name: "rules", into: &f.Rules, def: "1", min: "0",
			doc: "Listener rules that are evaluated for each request. ALB only."},
		{name: "availability_zones", into: &f.AvailabilityZones, def: "2", min: "2", max: "6",
			doc: "Availability Zones that the load balancer has a node, and a public IPv4 address, in. ALB only."},
		{name: "viewers", into: &f.Viewers, def: "{us: 100%}", least: 1, keyEnum: zones(),
			doc:      "Where viewers are, by CloudFront's price zones: us United States, ca Canada, eu Europe, jp Japan, ap Asia Pacific, au Australia, in India, za South Africa, me Middle East, sa South America. The shares add up to 1. Edge kinds only.",
			examples: []string{`{"us": "60%", "eu": "40%"}`}},
		{name: "https", into: &f.HTTPS, def: "100%",
			doc: "The share of requests over HTTPS, which CloudFront prices apart. Edge kinds only."},
		{name: "cache_hit_ratio", into: &f.CacheHitRatio, def: "0%",
			doc: "The share of requests that CloudFront answers from its cache, so that no origin event happens; viewer events happen all the same. Edge kinds only."},
		{name: "events", into: &f.Events, least: 1, most: 4, enum: edgeEvents(), derived: "the event of the kind",
			doc:      "The events that have a function, each invoked and billed by itself with the same memory and duration. Edge kinds only.",
			examples: []string{`["viewer-request", "viewer-response"]`}},
	}
}

func (f *WorkloadFront) extras() []field {
	return []field{
		{name: "cold", into: &f.Cold,
			doc: "Invocations that begin with an initialisation. Left out, none is priced."},
		{name: "log_size", into: &f.LogSize, max: "20MB", derived: "no logs",
			doc:      "Bytes that an invocation writes to CloudWatch Logs.",
			examples: []string{`"300B"`}},
		{name: "log_kept_gb_months", into: &f.LogKeptGBMonths, derived: "no logs kept",
			doc: "GB of logs kept, as stored, in the steady state."},
		{name: "dynamodb", into: &f.DynamoDB,
			doc: "Request units of DynamoDB that a request to the front uses."},
	}
}

// edgeEvents are CloudFront's events with a function:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
func edgeEvents() []string {
	return []string{"viewer-request", "origin-request", "origin-response", "viewer-response"}
}

// ownEvent is the event that an edge kind is named after; a CloudFront Function is
// taken to be at viewer-request.
func ownEvent(k front.Kind) string {
	if k == front.CloudFrontFunction {
		return "viewer-request"
	}
	return strings.TrimPrefix(string(k), "edge-")
}

// Cold is the invocations that begin with an initialisation.
type Cold struct {
	Share Range[Portion] // of invocations
	Init  Duration
}

func (c *Cold) fields() []field {
	return []field{
		{name: "share", into: &c.Share, required: true,
			doc:      "The share of invocations that begin with an initialisation.",
			examples: []string{`"1%"`}},
		{name: "init", into: &c.Init, required: true, min: "1us", max: "900s",
			doc:      "How long the initialisation takes, as Init Duration in the function's log says.",
			examples: []string{`"250ms"`}},
	}
}

// DynamoDB is the request units that a request to the front uses, counted as
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
// says.
type DynamoDB struct {
	Reads            Decimal
	Writes           Decimal
	ReplicatedWrites Decimal
	Region           string
}

func (t *DynamoDB) fields() []field {
	return []field{
		{name: "reads", into: &t.Reads, def: "0", doc: "Read request units of a request: 1 is a strongly consistent read of up to 4 KB."},
		{name: "writes", into: &t.Writes, def: "0", doc: "Write request units of a request: 1 is a write of up to 1 KB."},
		{name: "replicated_writes", into: &t.ReplicatedWrites, def: "0", doc: "Write request units of a request to a global table, replicas included."},
		{name: "region", into: &t.Region, derived: "the front's; the workload's for the edge kinds", pattern: regionPattern, want: regionWant, doc: "The AWS Region of the table."},
	}
}
