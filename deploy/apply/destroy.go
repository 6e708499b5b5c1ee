package apply

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"frontdoor/deploy"
	"frontdoor/scenarios"
)

// Ruin is what to take away.
type Ruin struct {
	Name    string                    // of the deployment
	Regions []string                  // where to look, besides where the rest says
	Stacks  []scenarios.DeployedStack // as targets.yaml has them; nil when it is lost
	// Functions are the names of its functions, as targets.yaml has them: log groups that
	// Lambda made have no other mark.
	Functions []string
	Wait      time.Duration // how long to go on trying while functions have replicas
}

// Remains is what a destroy has left: nothing, when it is empty.
type Remains struct {
	ARNs       []string // of what still is there
	Replicated []string // names of the stacks whose functions CloudFront still has replicas of
	Unseen     []string // where could not be looked, and why
	Regions    []string // that were looked at
}

// Empty reports whether nothing is left, and that this is known.
func (r Remains) Empty() bool {
	return len(r.ARNs)+len(r.Replicated)+len(r.Unseen) == 0
}

// Destroy deletes every stack of a deployment, with what CloudFormation would not
// delete or did not make: the content of buckets, and log groups that Lambda made by
// itself. Then it looks for anything that is left. A deployment that is gone already is
// no error. The error is that of a stack that could not be deleted; everything else is
// deleted all the same.
func (c *Cloud) Destroy(ctx context.Context, r Ruin) (Remains, error) {
	until := time.Now().Add(r.Wait)
	where := search{deployment: r.Name, regions: r.regions(), functions: map[string]bool{}}
	for _, f := range r.Functions {
		where.functions[f] = true
	}
	for {
		stacks, unseen := c.everywhere(ctx, where.regions, r)
		for _, s := range stacks {
			if s.function != "" {
				where.functions[s.function] = true
			}
			where.distributions = where.distributions || s.distribution
		}
		replicated, err := c.demolish(ctx, stacks)
		if ctx.Err() != nil {
			return Remains{}, ctx.Err()
		}
		if len(replicated) > 0 && err == nil && time.Now().Before(until) {
			c.sayf("CloudFront still has replicas of %d functions: trying again in %s", len(replicated), c.pace.Retry)
			if err := sleep(ctx, c.pace.Retry); err != nil {
				return Remains{}, err
			}
			continue
		}
		unseen = append(unseen, c.sweepLogs(ctx, where.regions, slices.Sorted(maps.Keys(where.functions)))...)
		settle := c.pace.Settle
		if len(replicated) > 0 || err != nil {
			settle = 0 // something stays anyway
		}
		left, unlooked := c.remaining(ctx, where, settle)
		remains := Remains{Regions: where.regions, ARNs: left, Replicated: replicated, Unseen: slices.Compact(slices.Sorted(slices.Values(append(unseen, unlooked...))))}
		return remains, errors.Join(err, ctx.Err())
	}
}

// regions is where something of the deployment may be: besides those of its stacks,
// where functions of Lambda@Edge leave logs.
func (r Ruin) regions() []string {
	all := append(slices.Clone(r.Regions), Global)
	all = append(all, deploy.EdgeRegions()...)
	for _, s := range r.Stacks {
		all = append(all, s.Region)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// everywhere is the deployment's stacks in every Region, and where could not be looked.
func (c *Cloud) everywhere(ctx context.Context, regions []string, r Ruin) (stacks []found, unseen []string) {
	for _, part := range each(regions, func(region string) looked {
		var names []string
		for _, s := range r.Stacks {
			if s.Region == region {
				names = append(names, s.Name)
			}
		}
		s, err := c.stacks(ctx, region, r.Name, names)
		return looked{s, err}
	}) {
		stacks = append(stacks, part.stacks...)
		if part.err != nil {
			unseen = append(unseen, part.err.Error())
		}
	}
	return stacks, unseen
}

type looked struct {
	stacks []found
	err    error
}

// each calls do for every item at once and returns what it gives, in the items' order.
func each[A, B any](items []A, do func(A) B) []B {
	out := make([]B, len(items))
	var wait sync.WaitGroup
	for i, item := range items {
		wait.Go(func() { out[i] = do(item) })
	}
	wait.Wait()
	return out
}
