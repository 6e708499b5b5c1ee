package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/cff"
	"frontdoor/lab/cloudfront"
	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/function"
	"frontdoor/lab/logs"
)

// edgeFunction is a function at an event of a distribution: a process of Lambda's, or
// JavaScript of CloudFront's own.
type edgeFunction struct {
	front.Door
	name     string // under which its metrics and logs stand
	region   string
	identity front.Identity
	lambda   *function.Function
	own      bool // lambda is the front's, which closes it

	script *cff.Function
	log    io.Closer // of script
	count  func(failed, invalid bool)
}

// edgeFunction makes a function of a front's distribution; own says that it is the
// front's, whose process is there already.
func (l *Lab) edgeFunction(d *door, c Config, variables map[string]string, one EdgeFunction, own bool) (*edgeFunction, error) {
	translate, err := front.Of(one.kind())
	if err != nil {
		return nil, err
	}
	era, err := front.EdgeEraNamed(eraOf(d.served.Front))
	if err != nil {
		return nil, err
	}
	f := &edgeFunction{Door: translate.In(era), name: d.served.Function, region: d.served.FunctionRegion, identity: d.identity, own: own, lambda: d.function}
	if !own {
		f.name = bareName(d.served.Front) + "-" + string(one.Event)
		if f.Kind.Edge() {
			f.name = edgePrefix + f.name
		}
	}
	switch {
	case f.Kind == front.CloudFrontFunction:
		return f, l.script(f, d, c, one)
	case own:
		return f, nil
	}
	return f, l.further(f, d, c, variables, one)
}

func eraOf(f Front) string {
	if f.CloudFront == nil {
		return ""
	}
	return f.CloudFront.Era
}

// further starts a function of Lambda@Edge that is not the front's own.
func (l *Lab) further(f *edgeFunction, d *door, c Config, variables map[string]string, one EdgeFunction) error {
	config := d.served.Front
	config.Kind, config.Timeout, config.Environment = f.Kind, one.Timeout, nil
	arn := fmt.Sprintf("arn:aws:lambda:us-east-1:%s:function:%s-%s:1", accountID, bareName(d.served.Front), one.Event)
	if err := associate(config, arn); err != nil {
		return err
	}
	served := d.served
	served.Function, served.Kind = f.name, f.Kind
	var err error
	f.lambda, err = function.New(function.Config{
		Name: f.name, Region: f.region, ARN: arn, Version: "1", MemoryMB: config.MemoryMB, Timeout: one.Timeout,
		Handler: one.Handler, Command: one.Command, Dir: one.Dir, Endpoints: variables, Concurrency: config.Concurrency,
		LogDir:  filepath.Join(c.LogDir, LogFolder(f.name, f.region)),
		Observe: l.logged(c.LogDir, f.name, f.region, newMeter(l.store, served, "1").invocation),
	})
	return err
}

// script compiles a CloudFront Function. Its log group is in us-east-1 wherever it runs
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html).
func (l *Lab) script(f *edgeFunction, d *door, c Config, one EdgeFunction) error {
	f.lambda, f.region = nil, "us-east-1"
	dir := filepath.Join(c.LogDir, f.logFolder())
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	l.groups = append(l.groups, logs.Group{Region: f.region, Name: "/aws/cloudfront/function/" + f.name, Folder: dir})
	stream, err := os.OpenFile(filepath.Join(dir, "stream.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	f.log = stream
	if f.script, err = cff.New(one.Code, stream); err != nil {
		stream.Close()
		return err
	}
	f.count = functionMeter(l.store, f.name)
	return nil
}

// logFolder is the folder of the function's log group below the folder of logs.
func (f *edgeFunction) logFolder() string {
	if f.script != nil || f.Kind == front.CloudFrontFunction {
		return filepath.Join(f.region, "aws", "cloudfront", "function", f.name)
	}
	return LogFolder(f.name, f.region)
}

// functionMeter publishes what CloudFront counts of a CloudFront Function; telemetry
// has the page.
func functionMeter(store *cloudwatch.Store, name string) func(failed, invalid bool) {
	g := newGroup(store, "us-east-1", "AWS/CloudFront", dims("FunctionName", name, "Region", "Global"))
	return func(failed, invalid bool) {
		now := time.Now()
		g.put(now, "FunctionInvocations", "None", 1)
		for metric, happened := range map[string]bool{"FunctionExecutionErrors": failed, "FunctionValidationErrors": invalid} {
			if happened {
				g.put(now, metric, "None", 1)
			}
		}
	}
}

// run invokes the function and returns its answer as far as CloudFront takes it.
func (f *edgeFunction) run(ctx context.Context, r front.Request, v *edgeVisit) (front.Answer, error) {
	event, err := f.Event(r, f.identity)
	if err != nil {
		return front.Answer{}, f.fault(front.BadResult, err.Error(), v)
	}
	before := time.Now()
	result, err := f.invoke(ctx, event, v)
	v.spent += time.Since(before)
	if err != nil {
		v.reason = err.Error()
		return front.Answer{}, err
	}
	v.result = result
	a, err := f.accept(event, result)
	var fault *front.Fault
	if errors.As(err, &fault) {
		v.reason = fault.Reason
	}
	if f.count != nil {
		f.count(false, fault != nil)
	}
	if err == nil && f.script == nil {
		v.said[len(v.said)-1] = saysConsumed(r.Upstream, a)
	}
	return a, err
}

// saysConsumed is what a function says of itself that it consumed: the last of what its
// answer says, unless it only hands on what an answer before it said.
func saysConsumed(before *front.Answer, a front.Answer) string {
	all := a.Header.Get(handlers.ConsumedHeader)
	if before != nil && before.Header.Get(handlers.ConsumedHeader) == all {
		return ""
	}
	return all[strings.LastIndex(all, handlers.Separator)+1:]
}

// invoke runs Lambda or the engine.
func (f *edgeFunction) invoke(ctx context.Context, event []byte, v *edgeVisit) ([]byte, error) {
	if f.script != nil {
		v.count(cffInvocations, pricedEverywhere)
		i, err := f.script.Invoke(ctx, event)
		if err != nil {
			f.count(true, false)
			return nil, f.fault(front.FunctionError, err.Error(), v)
		}
		return i.Result, nil
	}
	ctx, cancel := context.WithTimeout(ctx, f.Limits.MaxTimeout)
	defer cancel()
	result, err := f.lambda.Invoke(ctx, event)
	if err != nil {
		return nil, f.fault(front.Throttled, err.Error(), v)
	}
	v.count(edgeInvocations+edgeEvent(f.Kind), f.region)
	v.ids, v.said, v.cold = append(v.ids, result.RequestID), append(v.said, ""), v.cold || result.Cold
	if result.Error != nil {
		v.result = result.Payload
		return nil, f.fault(edgeCause(ctx, result.Error), result.Error.Error(), v)
	}
	return result.Payload, nil
}

// pricedEverywhere is the Region of what no Region divides, as price books call it.
const pricedEverywhere = "global"

func edgeEvent(k front.Kind) string { return string(ownEvent(k)) }

// edgeCause is why an invocation at the edge failed.
func edgeCause(ctx context.Context, e *function.Error) front.Cause {
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded), e.Type == "Sandbox.Timedout":
		return front.Timeout
	case e.Type == "Function.ResponseSizeTooLarge":
		return front.ResponseTooLarge
	}
	return front.FunctionError
}

// accept reads a result and refuses what it changes against the rules.
func (f *edgeFunction) accept(event, result []byte) (front.Answer, error) {
	a, err := f.Answer(result, f.identity)
	if err != nil {
		return a, err
	}
	before, err := f.Request(event)
	if err != nil {
		return a, f.fault(front.BadResult, err.Error(), &edgeVisit{}) // cannot be: the event is our own
	}
	switch {
	case before.Upstream != nil && a.Forward != nil:
		return a, f.fault(front.BadResult, "a request at a response event", &edgeVisit{})
	case before.Upstream != nil:
		return a, front.CheckResponse(f.Kind, *before.Upstream, a)
	case a.Forward != nil:
		return a, front.CheckForward(f.Kind, before, *a.Forward)
	}
	return a, nil
}

// fault is the front's own error answer.
func (f *edgeFunction) fault(cause front.Cause, reason string, v *edgeVisit) error {
	v.reason = reason
	return &front.Fault{Kind: f.Kind, Cause: cause, Reason: reason, Answer: f.Fault(cause)}
}

func (f *edgeFunction) settle() {
	if f.lambda != nil {
		f.lambda.Settle()
	}
}

func (f *edgeFunction) close() {
	if f.lambda != nil && !f.own {
		f.lambda.Close()
	}
	if f.script != nil {
		f.script.Close()
		f.log.Close()
	}
}

// FurtherFunction is a function of a distribution that is not the front's own. The name
// is that of its metrics and logs.
type FurtherFunction struct {
	Event  string
	Kind   front.Kind
	Name   string
	Region string // that ran it; us-east-1 for what CloudFront itself runs
}

// further lists the functions that are not the front's own, in the order of events.
func (e *edge) further() []FurtherFunction {
	var list []FurtherFunction
	for _, event := range cloudfront.Events() {
		if f := e.functions[event]; f != nil && !f.own {
			list = append(list, FurtherFunction{string(event), f.Kind, f.name, f.region})
		}
	}
	return list
}
