package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frontdoor/lab"
	"frontdoor/load"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// This file carries values from one stage's types to the next one's.

// labConfig is what the lab serves of a scenario; self is this program, and the
// functions log below logDir. What is made on no day of its own is made now.
func labConfig(s *loaded, self, logDir string, now time.Time) lab.Config {
	served, _ := labFronts(s.Scenario)
	fronts := make([]lab.Front, 0, len(served))
	for _, f := range served {
		command, dir := functionCommand(s, f, self)
		fronts = append(fronts, lab.Front{
			CloudFront: labCloudFront(s, f, self), Code: ownCode(s, f),
			ID: f.ID, Kind: f.Kind, Region: f.Region, Handler: handlerOf(s.Scenario, f), Command: command, Dir: dir, Environment: f.Environment,
			MemoryMB: int(f.Memory), Architecture: f.Architecture, Timeout: time.Duration(f.Timeout),
			Concurrency: f.Concurrency, MultiValue: f.MultiValueHeaders, Viewer: f.Viewer, Gateway: gatewayOf(f.Gateway),
			Domain: labDomain(s, f, self, now), Outages: labOutages(f), Home: homeOf(s.Scenario, f), Version: f.Version,
		})
	}
	return lab.Config{LogDir: logDir, Fronts: fronts, Tables: s.tables, Buckets: s.buckets, Distance: s.Distance.World(), Speed: s.Speed}
}

// homeOf is the Region in which a function at the edge is made: the scenario's own word,
// for served fronts have the Region that runs it.
func homeOf(s *scenarios.Scenario, f scenarios.Front) string {
	own, _ := s.Front(f.ID)
	if !f.Kind.Edge() {
		return ""
	}
	return own.Region
}

// simulated is what the record says of distance; nil is none.
func simulated(s *scenarios.Distance) *record.Distance {
	if s == nil {
		return nil
	}
	d := s.World()
	return &record.Distance{Matrix: d.Matrix.Name, Source: d.Matrix.Source, Date: d.Matrix.Date,
		LastMileMS: float64(d.LastMile) / float64(time.Millisecond), TLS: string(d.TLS)}
}

// functionCommand is the bootstrap of a front's function and where it runs: a command
// of the user's own, in which a first word bench is this program, or this program
// with the built-in handler.
func functionCommand(s *loaded, f scenarios.Front, self string) (command []string, dir string) {
	if len(f.Command) > 0 {
		return ownCommand(f.Command, self), s.dir
	}
	return builtInCommand(self, f.Kind, handlerOf(s.Scenario, f), f.Runtime), ""
}

func counters(list []lab.Counter) []record.Counter {
	out := make([]record.Counter, 0, len(list))
	for _, c := range list {
		out = append(out, record.Counter(c))
	}
	return out
}

func servedFront(f lab.Served) record.Front {
	var further []record.Function
	for _, one := range f.Further {
		further = append(further, record.Function{Event: one.Event, Kind: one.Kind, Function: one.Name, In: one.Region})
	}
	return record.Front{
		Further: further, Cached: f.CloudFront != nil || !f.Kind.Answers(),
		ID: f.ID, Kind: f.Kind, URL: f.URL, Region: f.Region, Also: f.Also, Viewer: f.Viewer, Function: f.Function, FunctionIn: f.FunctionRegion,
		MemoryMB: f.MemoryMB, Architecture: f.Architecture,
		Resource: record.Resource{
			APIName: f.APIName, APIID: f.APIID, Stage: f.Stage, LoadBalancer: f.LoadBalancer,
			TargetGroup: f.TargetGroup, Distribution: f.Distribution, MultiValue: f.MultiValue, EdgeOptimized: f.Gateway.EdgeOptimized,
		},
	}
}

func deployedFront(f scenarios.Front) record.Front {
	name := f.Function
	if f.Kind.Edge() && name != "" {
		name = "us-east-1." + name
	}
	return record.Front{
		Further: deployedFurther(f), Cached: f.CloudFront != nil || !f.Kind.Answers(),
		ID: f.ID, Kind: f.Kind, URL: f.URL, Region: f.Region, Function: name, FunctionIn: f.FunctionRegion,
		MemoryMB: int(f.Memory), Architecture: f.Architecture,
		Resource: record.Resource{
			APIName: f.APIName, APIID: f.APIID, Stage: f.Stage, LoadBalancer: f.LoadBalancer,
			TargetGroup: f.TargetGroup, Distribution: f.Distribution, MultiValue: f.MultiValueHeaders,
			EdgeOptimized: f.Gateway != nil && f.Gateway.Endpoint == scenarios.EdgeOptimized,
		},
	}
}

// deployedFurther is the functions at the other events of a deployed distribution.
// CloudFront's own have their metrics in us-east-1, wherever they run.
func deployedFurther(f scenarios.Front) []record.Function {
	var further []record.Function
	for _, one := range f.Functions {
		function := record.Function{Event: one.Event, Kind: f.FurtherKind(one.Event), Function: one.Function, In: "us-east-1"}
		if function.Kind.Edge() {
			function.Function, function.In = "us-east-1."+one.Function, one.FunctionRegion
		}
		further = append(further, function)
	}
	return further
}

// withMetrics keeps the fronts whose metrics somebody holds.
func withMetrics(s *scenarios.Scenario, fronts []record.Front) []record.Front {
	var kept []record.Front
	for _, f := range fronts {
		if sf, _ := s.Front(f.ID); sf.Metrics != scenarios.MetricsNone {
			kept = append(kept, f)
		}
	}
	return kept
}

// loadPlan is what the trial t of front f sends. All fronts of a round get the same
// arrivals and the same draw of requests, so that they differ in nothing but the front.
func loadPlan(s *loaded, f record.Front, seed uint64, t record.Trial) load.Plan {
	p := load.Plan{
		Warmup: time.Duration(s.Load.Warmup), Poisson: s.Load.Arrivals == scenarios.Poisson,
		Seed: rand.New(rand.NewPCG(seed, uint64(t.Round))).Uint64(), Timeout: time.Duration(s.Load.Timeout), Connections: s.Load.Connections,
		KeepAlive: s.Load.KeepAlive, TLS: s.tls.Clone(),
		FrontIDs: f.Kind.RequestIDFields(),
	}
	if strings.HasPrefix(f.URL, "https:") {
		p.HTTP2 = s.Load.HTTP != "1.1"
		p.HTTP3 = s.Load.HTTP == "3" && f.Kind.CloudFront() // no other front of AWS's speaks it
	}
	for _, stage := range s.Load.Stages {
		p.Stages = append(p.Stages, load.Stage{From: float64(stage.From), To: float64(stage.To), Duration: time.Duration(stage.Duration)})
	}
	if poll := s.Load.Polling; poll != nil {
		p.Polling = load.Polling{Every: time.Duration(poll.Every), Times: poll.Times, Placeholder: scenarios.Session, Prefix: sessionPrefix(t, s.stamp)}
	}
	for _, r := range s.Requests {
		header := http.Header{"User-Agent": {"bench"}}
		for name, value := range r.Headers {
			header.Set(name, value)
		}
		p.Requests = append(p.Requests, load.Request{
			Method: r.Method, URL: f.URL + r.Target(), Body: []byte(r.Body), Header: header,
			Weight: float64(r.Weight), Check: r.Expect.For(f.ID).Problem, Sign: s.credentials.signer(f.ID),
		})
	}
	return p
}

// sessionPrefix sets the sessions of a trial apart from those of all others, which
// may share a table with them. What a run of deployed fronts leaves in tables and caches
// is there for the next one: its stamp sets both apart.
func sessionPrefix(t record.Trial, stamp string) string {
	trial := fmt.Sprintf("%d.%d.%d", t.Round, t.Arm, t.Attempt)
	if stamp != "" {
		trial += "-" + stamp
	}
	return scenarios.SessionPrefix(t.Front, trial)
}

// tlsConfig reads the certificate authorities, which lie relative to the
// scenario's folder, once for the whole run.
func (l *loaded) tlsConfig() (*tls.Config, error) {
	t := l.Load.TLS
	c := &tls.Config{InsecureSkipVerify: t.InsecureSkipVerify, ServerName: t.ServerName}
	if t.CAFile == "" {
		return c, nil
	}
	path := t.CAFile
	if !filepath.IsAbs(path) {
		path = filepath.Join(l.dir, path)
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, l.Error("load.tls.ca_file", err.Error(), "")
	}
	c.RootCAs = x509.NewCertPool()
	if !c.RootCAs.AppendCertsFromPEM(pem) {
		return nil, l.Error("load.tls.ca_file", fmt.Sprintf("%q has no certificate in PEM form", path), "")
	}
	return c, nil
}
