package lab

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/cloudfront"
)

// CloudFront is what a distribution has besides the front's own function.
type CloudFront struct {
	cloudfront.Behaviour
	Functions []EdgeFunction
	Origin    Origin
	Era       string // of Lambda@Edge's limits; "" is today's
}

// EdgeFunction is a further function of a distribution, with the front's memory.
type EdgeFunction struct {
	Event   cloudfront.Event
	Code    string // of a CloudFront Function, at a viewer event; "" is Lambda@Edge
	Handler string
	Command []string // of Lambda@Edge: its bootstrap
	Dir     string
	Timeout time.Duration
}

// kind is the kind of the function.
func (f EdgeFunction) kind() front.Kind {
	if f.Code != "" {
		return front.CloudFrontFunction
	}
	return front.Kind("edge-" + string(f.Event))
}

// The counters of a distribution; those of functions end in their event.
const (
	cloudfrontRequests  = "cloudfront.requests"
	cloudfrontHits      = "cloudfront.cache_hits" // RefreshHits too
	cloudfrontMisses    = "cloudfront.cache_misses"
	cloudfrontRedirects = "cloudfront.redirects"
	cloudfrontOrigin    = "cloudfront.origin_requests"
	edgeInvocations     = "edge.invocations."
	cffInvocations      = "cff.invocations"
	logBytes            = "logs.bytes"
)

// edge is the distribution of a front: its engine, functions and origin.
type edge struct {
	door      *door
	engine    *cloudfront.Engine
	functions map[cloudfront.Event]*edgeFunction
	once      sync.Once // close
}

var _ cloudfront.Functions = (*edge)(nil)

// distribute sets a front's distribution up; fronts of other kinds, and those without a
// cloudfront block whose function answers by itself, have none.
func (l *Lab) distribute(d *door, c Config, variables map[string]string) error {
	f := d.served.Front
	if !f.Kind.CloudFront() || f.CloudFront == nil && f.Kind.Answers() && f.Kind != front.CloudFrontFunction {
		return nil
	}
	settings := f.CloudFront
	if settings == nil {
		settings = &CloudFront{Behaviour: cloudfront.Behaviour{ForwardAll: true}}
	}
	e := &edge{door: d, functions: map[cloudfront.Event]*edgeFunction{}}
	d.edge = e
	err := e.add(l, c, variables, settings)
	if err == nil {
		var origin cloudfront.Origin
		if origin, err = l.origin(settings.Origin, f); err == nil {
			origin, err = d.legs.away(origin, f.Viewer)
		}
		if err == nil {
			e.engine, err = cloudfront.New(settings.Behaviour, e, origin, time.Now)
		}
	}
	if err != nil {
		e.close()
	}
	d.served.Further = e.further()
	return err
}

// add makes the functions: the front's own, and the further ones.
func (e *edge) add(l *Lab, c Config, variables map[string]string, settings *CloudFront) error {
	f := e.door.served.Front
	all := append([]EdgeFunction{{Event: ownEvent(f.Kind), Code: f.Code, Handler: f.Handler, Command: f.Command, Dir: f.Dir, Timeout: f.Timeout}}, settings.Functions...)
	for i, one := range all {
		if e.functions[one.Event] != nil {
			return fmt.Errorf("event %s has two functions: CloudFront takes one for each event of a behaviour", one.Event)
		}
		made, err := l.edgeFunction(e.door, c, variables, one, i == 0)
		if err != nil {
			return fmt.Errorf("function at %s: %w", one.Event, err)
		}
		e.functions[one.Event] = made
	}
	return e.mixed()
}

// mixed refuses CloudFront Functions beside Lambda@Edge on the viewer events of one
// behaviour ("You can't combine CloudFront Functions and Lambda@Edge in viewer events",
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html).
func (e *edge) mixed() error {
	request, response := e.Kind(cloudfront.ViewerRequest), e.Kind(cloudfront.ViewerResponse)
	if request != "" && response != "" && request.Edge() != response.Edge() {
		return errors.New("CloudFront Functions and Lambda@Edge cannot be combined in viewer events")
	}
	return nil
}

// ownEvent is the event of a front's own function.
func ownEvent(k front.Kind) cloudfront.Event {
	if k == front.CloudFrontFunction {
		return cloudfront.ViewerRequest
	}
	return cloudfront.Event(strings.TrimPrefix(string(k), "edge-"))
}

// Kind is the kind of the function at an event.
func (e *edge) Kind(event cloudfront.Event) front.Kind {
	if f := e.functions[event]; f != nil {
		return f.Door.Kind
	}
	return ""
}

// Run invokes the function at an event.
func (e *edge) Run(ctx context.Context, event cloudfront.Event, r front.Request) (front.Answer, error) {
	v, _ := ctx.Value(visitKey{}).(*edgeVisit)
	f := e.functions[event]
	a, err := f.run(ctx, r, v)
	if err == nil && !f.Door.Kind.Answers() || err == nil && r.Upstream != nil {
		a.Header = append(slices.Clip(a.Header), hidden(r.Upstream.Header)...)
	}
	return a, err
}

// hidden are the header fields that no function sees, which an answer keeps.
func hidden(h front.Header) front.Header {
	return slices.DeleteFunc(slices.Clone(h), func(f front.Field) bool { return !front.EdgeDisallows(f.Name) })
}

// visitKey finds the request on its way in a context.
type visitKey struct{}

// edgeVisit is what the functions of one request did.
type edgeVisit struct {
	ids    []string // invocations of Lambda
	said   []string // by each of them, what it consumed; "" when it did not say
	cold   bool     // one of them was
	spent  time.Duration
	reason string
	result []byte
	count  func(counter, region string) // of invocations
}

// respond is the distribution's work on one request. A viewer's scheme is https unless
// he says otherwise: the lab itself listens on plain HTTP. CloudFront hides the field
// from functions, and so does the lab.
func (e *edge) respond(ctx context.Context, r front.Request, x *exchange) (front.Answer, front.Cause) {
	scheme := "https"
	if r.Header.Get("X-Forwarded-Proto") == "http" {
		scheme = "http"
	}
	v := &edgeVisit{count: func(name, region string) { e.door.counters.count(e.door.served.ID, name, region, 1) }}
	result := e.engine.Serve(context.WithValue(ctx, visitKey{}, v), scheme, r)
	e.count(result)
	x.integration, x.reason, x.result, x.invoked = v.spent, v.reason, v.result, len(v.ids) > 0
	x.throttled = result.Fault == front.Throttled
	x.forwarded = result.Fetched > 0
	answer := result.Answer
	answer.Header, x.marks = marked(answer.Header, v)
	return answer, result.Fault
}

// marked sets the fields by which a client learns of the invocations that its request
// caused: all of them, or that there was none. An answer out of the cache still has the
// fields of the request that filled it, whose trial may not even count: they go.
func marked(h front.Header, v *edgeVisit) (front.Header, front.Header) {
	ids := strings.Join(v.ids, handlers.Separator)
	if ids == "" {
		ids = handlers.NoInvocation
	}
	h = slices.DeleteFunc(slices.Clone(h), func(f front.Field) bool {
		return strings.EqualFold(f.Name, handlers.RequestIDHeader) || strings.EqualFold(f.Name, handlers.ColdHeader) || strings.EqualFold(f.Name, handlers.ConsumedHeader)
	})
	marks := front.Header{{Name: handlers.RequestIDHeader, Value: ids}}
	if len(v.ids) > 0 {
		marks = append(marks, front.Field{Name: handlers.ColdHeader, Value: map[bool]string{true: "1", false: "0"}[v.cold]})
	}
	if said := strings.Join(v.said, handlers.Separator); strings.Trim(said, handlers.Separator) != "" {
		marks = append(marks, front.Field{Name: handlers.ConsumedHeader, Value: said})
	}
	return h, marks
}

// count counts what became of a request.
func (e *edge) count(r cloudfront.Result) {
	add := func(name string, n int) {
		if n > 0 {
			e.door.counters.count(e.door.served.ID, name, "", float64(n))
		}
	}
	add(cloudfrontRequests, 1)
	add(cloudfrontOrigin, r.Fetched)
	switch {
	case r.Cache == cloudfront.Redirect:
		add(cloudfrontRedirects, 1)
	case r.Cache == cloudfront.Hit, r.Cache == cloudfront.RefreshHit, r.Cache == cloudfront.Error && r.Fetched == 0 && r.Fault == 0:
		add(cloudfrontHits, 1)
	case r.Cache == cloudfront.Miss, r.Fetched > 0, slices.Contains(r.Ran, cloudfront.OriginRequest):
		add(cloudfrontMisses, 1)
	}
}

// countEdge counts a request to a distribution that has only its function.
func (d *door) countEdge(x *exchange) {
	if !d.Kind.CloudFront() {
		return
	}
	d.counters.count(d.served.ID, cloudfrontRequests, "", 1)
	if x.invoked {
		d.counters.count(d.served.ID, edgeInvocations+string(ownEvent(d.Kind)), d.served.FunctionRegion, 1)
	}
}

// settle waits for every function's REPORT lines.
func (e *edge) settle() {
	for _, f := range e.functions {
		f.settle()
	}
}

func (e *edge) close() {
	e.once.Do(func() {
		for _, f := range e.functions {
			f.close()
		}
	})
}

// logBytes is what the functions of the edge have logged so far, by Region: AWS bills
// it in the Region that ran them.
func (l *Lab) logBytes() []Counter {
	var list []Counter
	for _, d := range l.doors {
		if !d.Kind.CloudFront() {
			continue
		}
		sizes := map[string]float64{}
		if d.Kind.Edge() {
			sizes[d.served.FunctionRegion] += folderSize(filepath.Join(l.logDir, LogFolder(d.served.Function, d.served.FunctionRegion)))
		}
		if d.edge != nil {
			for _, f := range d.edge.functions {
				if !f.own || f.script != nil {
					sizes[f.region] += folderSize(filepath.Join(l.logDir, f.logFolder()))
				}
			}
		}
		for region, size := range sizes {
			list = append(list, Counter{Front: d.served.ID, Name: logBytes, Region: region, Value: size})
		}
	}
	return list
}

// folderSize is the bytes of the files in a folder, 0 where there is none.
func folderSize(dir string) float64 {
	var n int64
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return float64(n)
}

// LogFolder is the folder of a function's log group below the folder of logs: that of
// Lambda@Edge stands in the Region that ran it.
func LogFolder(function, region string) string {
	if strings.HasPrefix(function, edgePrefix) {
		return filepath.Join(region, LogGroup(function))
	}
	return LogGroup(function)
}

// edgePrefix begins the names of Lambda@Edge's functions wherever AWS writes them down
// (https://github.com/aws/aws-cdk/issues/5449).
const edgePrefix = "us-east-1."
