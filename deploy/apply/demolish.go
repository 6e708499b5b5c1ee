package apply

import (
	"context"
	"errors"
	"fmt"
)

// demolish deletes stacks: those of fronts at once, then the functions that distributions
// had, then what fronts share. A stack that cannot be deleted keeps none of the others;
// those whose functions have replicas are no failure, since time alone deletes them.
func (c *Cloud) demolish(ctx context.Context, stacks []found) (replicated []string, err error) {
	var fronts, functions, shared []found
	for _, s := range stacks {
		switch {
		case s.associated:
			functions = append(functions, s)
		case s.front != "":
			fronts = append(fronts, s)
		default:
			shared = append(shared, s)
		}
	}
	var errs []error
	for _, wave := range [][]found{fronts, functions, shared} {
		for i, err := range each(wave, func(s found) error { return c.raze(ctx, s) }) {
			if errors.Is(err, ErrReplicated) {
				replicated = append(replicated, wave[i].name)
				continue
			}
			errs = append(errs, err)
		}
	}
	return replicated, errors.Join(errs...)
}

// raze deletes one stack, once nothing is under way in it, with the content of its bucket.
func (c *Cloud) raze(ctx context.Context, s found) error {
	there, err := c.settled(ctx, s.region, s.id)
	if err != nil || there == nil {
		return err
	}
	if s.bucket != "" {
		if err := c.empty(ctx, s.region, s.bucket); err != nil {
			return fmt.Errorf("stack %q: %w", s.name, err)
		}
	}
	c.sayf("%s: deleting it from %s", s.name, s.region)
	if err := c.fell(ctx, s.region, s.name, s.id); err != nil {
		return err
	}
	c.sayf("%s: gone", s.name)
	return nil
}
