// Package lab is AWS on loopback: front doors over HTTP, functions as real
// processes behind the Lambda Runtime API, and a CloudWatch endpoint that holds
// the metrics which AWS emits for them. Every listener is on 127.0.0.1.
//
// The lab speaks AWS's own protocols, so an offline run is the online run with
// another endpoint. What it cannot do is be AWS: its latencies are this
// machine's and distance is simulated where it is asked for, it measures memory without
// enforcing the limit, and it gives functions no share of CPU by memory.
package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/dynamodb"
	"frontdoor/lab/function"
	"frontdoor/lab/logs"
	"frontdoor/lab/s3"
	"frontdoor/world"
)

// accountID is the account that AWS's documentation uses in examples.
const accountID = "123456789012"

// Front describes a front door to serve, and the function behind it.
type Front struct {
	ID           string
	Kind         front.Kind
	Region       string // of the front; for Lambda@Edge where the function runs
	Handler      string
	Command      []string // the function's bootstrap
	Dir          string   // where it runs; "" is the current folder
	Environment  map[string]string
	MemoryMB     int
	Architecture string // x86_64 or arm64
	Timeout      time.Duration
	Concurrency  int // most execution environments
	MultiValue   bool
	Viewer       string  // the Region that its viewers are near; with Config.Distance only
	Domain       *Domain // nil: the front is in one Region, under the service's own name
	Outages      []Outage

	// Of a Lambda@Edge function, as it is made and published, wherever it then runs.
	Home    string // the Region; "" is us-east-1, and CloudFront takes no other
	Version string // "" is 1; CloudFront takes numbers only

	Gateway Gateway // API Gateway only

	CloudFront *CloudFront // of CloudFront's kinds; nil: nothing is cached, and there is no origin
	Code       string      // of a CloudFront Function that is the front's own
}

// Served is a front door that is up. The names are those under which its
// metrics stand in CloudWatch.
type Served struct {
	Front
	URL            string
	Function       string // FunctionName dimension; "us-east-1.NAME" at the edge
	FunctionRegion string
	Also           []string // further Regions with a copy of front and function, of a domain
	APIName        string
	APIID          string
	Stage          string
	LoadBalancer   string // "app/NAME/ID"
	TargetGroup    string // "targetgroup/NAME/ID"
	Distribution   string
	Further        []FurtherFunction // of a distribution
	Endpoints      map[string]string // of AWS's services for the front's function, by the SDKs' variables
}

// Config is what a lab serves.
type Config struct {
	LogDir   string // below it the functions log, in the folders of their log groups
	Fronts   []Front
	Tables   []dynamodb.Table
	Buckets  []s3.Bucket
	Distance *world.Distance // simulated; nil: the loopback's own and no more
	Speed    float64         // of the clock of DNS, health checks and outages; below 1 is 1
	Delay    Delay           // between functions and the services that they call; nil: as Distance says

	// Observe is told of every request that was answered; nil is allowed.
	Observe func(Exchange)
}

// Lab is a set of front doors and endpoints of CloudWatch and its Logs.
type Lab struct {
	doors    []*door // of every Region, those of health checks too
	served   []Served
	domains  []*domain
	names    world.Domains
	speed    float64 // of the simulated clock
	logDir   string
	listener net.Listener // of CloudWatch
	metrics  *http.Server
	url      string
	store    *cloudwatch.Store
	logs     endpoint // CloudWatch Logs
	groups   []logs.Group
	counters *counters
	services *services
	tables   string // URL of DynamoDB for who is no front; "" without tables
}

// Start brings the fronts up. On an error nothing is left running.
func Start(c Config) (_ *Lab, err error) {
	l := &Lab{store: cloudwatch.NewStore(), counters: newCounters(), speed: max(c.Speed, 1), logDir: c.LogDir}
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	if l.services, err = newServices(c, l.counters); err != nil {
		return nil, err
	}
	if len(c.Tables) > 0 {
		if l.tables, err = l.services.serveTables(); err != nil {
			return nil, fmt.Errorf("listen for DynamoDB: %w", err)
		}
	}
	if l.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("listen for CloudWatch: %w", err)
	}
	l.url = "http://" + l.listener.Addr().String()
	l.metrics = &http.Server{Handler: cloudwatch.NewHandler(l.store), ReadHeaderTimeout: 10 * time.Second}
	go l.metrics.Serve(l.listener)
	for _, f := range c.Fronts {
		if err := l.deploy(f, c); err != nil {
			return nil, fmt.Errorf("front %q: %w", f.ID, err)
		}
	}
	if err := l.serveLogs(); err != nil {
		return nil, fmt.Errorf("listen for CloudWatch Logs: %w", err)
	}
	return l, nil
}

// Fronts lists the front doors, in the order given to Start.
func (l *Lab) Fronts() []Served {
	return slices.Clone(l.served)
}

// MetricsURL is the CloudWatch endpoint, for every Region.
func (l *Lab) MetricsURL() string { return l.url }

// TablesURL is the DynamoDB endpoint, for every Region, of who is no front: what is
// written there is on no front's bill. "" where there are no tables.
func (l *Lab) TablesURL() string { return l.tables }

// Settle waits until every invocation so far has its REPORT line.
func (l *Lab) Settle() {
	for _, d := range l.doors {
		d.settle()
	}
}

// Flush publishes the metrics that AWS computes by the minute (ConsumedLCUs and
// ActiveConnectionCount) for every minute so far, the current one included.
// Call it once traffic is over.
func (l *Lab) Flush() {
	for _, d := range l.doors {
		d.meter.flush(time.Now().Add(time.Minute))
	}
}

// Close ends every listener and every function process, and waits for them. A
// further call does nothing.
func (l *Lab) Close() error {
	var errs []error
	for _, d := range l.domains {
		errs = append(errs, d.close())
	}
	for _, d := range l.doors {
		errs = append(errs, d.close())
	}
	if l.services != nil {
		errs = append(errs, l.services.close())
	}
	if l.metrics != nil {
		errs = append(errs, closeServer(l.metrics, l.listener))
	}
	if l.logs.server != nil {
		errs = append(errs, closeServer(l.logs.server, l.logs.listener))
	}
	return errors.Join(errs...)
}

// closeServer closes the listener too: a server that was not scheduled to Serve
// yet would leave it open for a while.
func closeServer(s *http.Server, l net.Listener) error {
	err := s.Close()
	_ = l.Close() // mostly closed by then
	return err
}

// open starts one front door with its function.
func (l *Lab) open(f Front, c Config) (*door, error) {
	translate, err := front.Of(f.Kind)
	if err != nil {
		return nil, err
	}
	served, err := locate(c.Distance, f)
	if err != nil {
		return nil, err
	}
	legs, err := legsOf(c.Distance, served)
	if err != nil {
		return nil, err
	}
	era, err := front.EdgeEraNamed(eraOf(f))
	if err != nil {
		return nil, err
	}
	d := &door{Door: translate.In(era), served: served, legs: legs, identity: identity(f), counters: l.counters, observe: c.Observe, done: make(chan struct{})}
	version := versionOf(f)
	d.identity.FunctionARN = fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", homeRegion(f), accountID, bareName(f))
	if f.Kind.Edge() {
		d.identity.FunctionARN += ":" + version
	}
	if err := associate(f, d.identity.FunctionARN); err != nil {
		return nil, err
	}
	if err := d.setUp(c.LogDir); err != nil {
		return nil, err
	}
	if f.Kind.REST() {
		l.groups = append(l.groups, logs.Group{Region: f.Region, Name: filepath.ToSlash(ExecutionLogGroup(d.served.APIID, d.served.Stage)),
			Folder: filepath.Join(c.LogDir, ExecutionLogGroup(d.served.APIID, d.served.Stage))})
	}
	d.meter = newMeter(l.store, d.served, version)
	variables, err := l.services.serve(d.served)
	if err != nil {
		return nil, err
	}
	d.served.Endpoints = variables
	if f.Kind == front.CloudFrontFunction {
		if err := l.distribute(d, c, variables); err != nil {
			return nil, err
		}
		return d, d.listen()
	}
	d.function, err = function.New(function.Config{
		Name: d.served.Function, Region: d.served.FunctionRegion, ARN: d.identity.FunctionARN, Version: version,
		MemoryMB: f.MemoryMB, Timeout: f.Timeout, Handler: f.Handler, Command: f.Command, Dir: f.Dir,
		Endpoints: variables, Environment: f.Environment, Concurrency: f.Concurrency,
		LogDir:  filepath.Join(c.LogDir, LogFolder(d.served.Function, d.served.FunctionRegion)),
		Observe: l.logged(c.LogDir, d.served.Function, d.served.FunctionRegion, d.meter.invocation),
	})
	if err != nil {
		return nil, err
	}
	if err := l.distribute(d, c, variables); err != nil {
		return nil, err
	}
	return d, d.listen()
}

// LogGroup is the folder of a function's log group below the folder of logs.
func LogGroup(function string) string { return filepath.Join("aws", "lambda", function) }

// associate lets CloudFront look at the function, as it does on AWS.
func associate(f Front, arn string) error {
	var names []string
	for name := range f.Environment {
		names = append(names, name)
	}
	return front.CheckAssociation(f.Kind, front.FunctionConfig{
		ARN: arn, MemoryMB: f.MemoryMB, Timeout: f.Timeout, EnvVars: names, Architecture: f.Architecture, Era: eraOf(f),
	})
}

// homeRegion is where the function is made: Lambda@Edge functions live in one Region
// wherever they run.
func homeRegion(f Front) string {
	switch {
	case !f.Kind.Edge():
		return f.Region
	case f.Home != "":
		return f.Home
	}
	return "us-east-1"
}

// versionOf is the function's version that the front calls.
func versionOf(f Front) string {
	switch {
	case !f.Kind.Edge():
		return "$LATEST"
	case f.Version != "":
		return f.Version
	}
	return "1"
}

func bareName(f Front) string { return "bench-" + f.ID }

// name gives the front the identifiers that AWS would have made for it. They
// follow from its id, so that a scenario has the same ones in every run.
func name(f Front) Served {
	s := Served{Front: f, Function: bareName(f), FunctionRegion: f.Region}
	switch f.Kind {
	case front.APIGatewayREST, front.APIGatewayNonProxy:
		s.APIName, s.APIID, s.Stage = bareName(f), token(f, 10), "prod"
	case front.APIGatewayHTTP:
		s.APIName, s.APIID, s.Stage = bareName(f), token(f, 10), "$default"
	case front.ALB:
		s.LoadBalancer = "app/" + bareName(f) + "/" + token(f, 16)
		s.TargetGroup = "targetgroup/" + bareName(f) + "/" + token(f, 16)
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction:
		s.Distribution = "E" + strings.ToUpper(token(f, 13))
		if f.Kind.Edge() {
			s.Function = "us-east-1." + s.Function
		}
	}
	return s
}

// identity is what events say of the front.
func identity(f Front) front.Identity {
	s := name(f)
	id := front.Identity{AccountID: accountID, Scheme: "http", Stage: s.Stage, APIID: s.APIID, MultiValueHeaders: f.MultiValue}
	switch f.Kind {
	case front.APIGatewayREST, front.APIGatewayNonProxy, front.APIGatewayHTTP:
		id.DomainName = fmt.Sprintf("%s.execute-api.%s.amazonaws.com", s.APIID, f.Region)
		id.DeploymentID, id.ResourceID = token(f, 6), token(f, 7)
	case front.FunctionURL:
		id.APIID, id.Stage = token(f, 32), "$default"
		id.DomainName = fmt.Sprintf("%s.lambda-url.%s.on.aws", id.APIID, f.Region)
	case front.ALB:
		id.TargetGroupARN = fmt.Sprintf("arn:aws:elasticloadbalancing:%s:%s:%s", f.Region, accountID, s.TargetGroup)
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction:
		id.DistributionID = s.Distribution
		id.DistributionDomain = "d" + token(f, 13) + ".cloudfront.net"
		id.OriginDomain = "origin.example.com" // a name that no one can own; the lab has no origin behind it
	}
	return id
}

// token is a lower-case identifier of n characters that follows from the front's id.
func token(f Front, n int) string {
	sum := sha256.Sum256([]byte(string(f.Kind) + "/" + f.ID))
	return hex.EncodeToString(sum[:])[:n]
}

// shutdownGrace is how long open requests may take to end when a front closes.
const shutdownGrace = 200 * time.Millisecond

// settle waits until every invocation so far has its REPORT line.
func (d *door) settle() {
	if d.function != nil {
		d.function.Settle()
	}
	if d.edge != nil {
		d.edge.settle()
	}
}

func (d *door) close() (err error) {
	d.once.Do(func() {
		close(d.done)
		ctx, cancel := context.WithTimeout(context.Background(), shutdownGrace)
		defer cancel()
		_ = d.server.Shutdown(ctx) // what is still open after the grace is closed with its process
		if d.function != nil {     // a CloudFront Function is no process
			d.function.Close()
		}
		if d.edge != nil {
			d.edge.close()
		}
		d.gateway.close()
		err = closeServer(d.server, d.listener)
	})
	return err
}
