package apply

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"frontdoor/deploy"
	"frontdoor/scenarios"
)

// Order is what to make.
type Order struct {
	Deployment *deploy.Deployment
	Scenario   *scenarios.Scenario // whose tables have items, and whose buckets' files have been read
	Packages   map[string]Package  // by the function's name
}

// Standing is what a deploy has made so far: the outputs of the stacks that stand, by
// their names, and the names of those that were begun and are not known to stand.
type Standing struct {
	Outputs map[string]map[string]string
	Begun   []string
}

// Deploy makes every stack, or brings it up to date, with the packages and items that
// belong to it. After an error, the context's among them, what stands and what
// CloudFormation may still be at work on is in Standing: nothing is taken back, and the
// same call goes on from there.
func (c *Cloud) Deploy(ctx context.Context, o Order) (Standing, error) {
	w := &works{Cloud: c, order: o, standing: Standing{Outputs: map[string]map[string]string{}}, begun: map[string]bool{}}
	err := inOrder(o.Deployment.Stacks, func(s deploy.Stack) error { return w.raise(ctx, s) })
	for _, s := range o.Deployment.Stacks {
		if w.begun[s.Name] && w.standing.Outputs[s.Name] == nil {
			w.standing.Begun = append(w.standing.Begun, s.Name)
		}
	}
	if ctx.Err() != nil {
		return w.standing, ctx.Err()
	}
	return w.standing, err
}

// works is a deploy that is under way.
type works struct {
	*Cloud
	order Order

	mu       sync.Mutex
	standing Standing
	begun    map[string]bool
}

// raise makes one stack, once those that it needs stand.
func (w *works) raise(ctx context.Context, s deploy.Stack) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	code, err := w.packaged(ctx, s)
	if err != nil {
		return err
	}
	body, err := s.Body()
	if err != nil {
		return err
	}
	parameters, err := resolved(s.Parameters, func(stack, output string) (string, bool) {
		if stack == "code" {
			value, ok := code[output]
			return value, ok
		}
		return w.output(stack, output)
	})
	if err != nil {
		return fmt.Errorf("stack %q: %w", s.Name, err)
	}
	w.mu.Lock()
	w.begun[s.Name] = true
	w.mu.Unlock()
	outputs, err := w.stand(ctx, blueprint{s.Name, s.Region, body, parameters, s.Tags})
	if err != nil {
		return err
	}
	if err := w.fill(ctx, s, outputs["Bucket"]); err != nil {
		return err
	}
	w.mu.Lock()
	w.standing.Outputs[s.Name] = outputs
	w.mu.Unlock()
	w.sayf("%s: stands", s.Name)
	return nil
}

func (w *works) output(stack, output string) (string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, ok := w.standing.Outputs[stack][output]
	return value, ok
}

// packaged uploads the package of the stack's function and says where it lies.
func (w *works) packaged(ctx context.Context, s deploy.Stack) (map[string]string, error) {
	if s.Code == nil {
		return nil, nil
	}
	bucket, ok := w.output(s.Code.Artifacts, "Bucket")
	p, packed := w.order.Packages[s.Parameters["FunctionName"]]
	if !ok || !packed {
		return nil, fmt.Errorf("stack %q: its function has no package or no bucket for it", s.Name)
	}
	if err := w.upload(ctx, s.Region, bucket, p); err != nil {
		return nil, fmt.Errorf("stack %q: %w", s.Name, err)
	}
	return map[string]string{"Bucket": bucket, "Key": p.Key}, nil
}

// fill puts the scenario's items into the table that the stack has made, and of those that
// change what is asked for to see whether the fronts answer; and objects into its bucket.
func (w *works) fill(ctx context.Context, s deploy.Stack, bucket string) error {
	if s.Parameters["Origin"] == "bucket" {
		if err := w.stock(ctx, s.Region, bucket, s.Objects); err != nil {
			return fmt.Errorf("stack %q: %w", s.Name, err)
		}
	}
	for _, t := range w.order.Scenario.Tables {
		if s.Parameters["TableName"] != t.Name || s.Region != t.Region {
			continue
		}
		if err := w.seed(ctx, s.Region, t.Name, slices.Concat(t.Items, w.order.Scenario.Aside(t))); err != nil {
			return fmt.Errorf("stack %q: %w", s.Name, err)
		}
	}
	return nil
}
