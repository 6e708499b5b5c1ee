package apply

import (
	"errors"
	"sync"
	"sync/atomic"

	"frontdoor/deploy"
)

// inOrder does something for every stack once it is done for those that it needs, and
// at once for those that do not wait for each other. After a failure nothing more
// begins, and what has begun is waited for. The error is all failures, in the order of
// the stacks.
func inOrder(stacks []deploy.Stack, do func(deploy.Stack) error) error {
	var failed atomic.Bool
	var wait sync.WaitGroup
	ended := map[string]chan struct{}{}
	for _, s := range stacks {
		ended[s.Name] = make(chan struct{})
	}
	errs := make([]error, len(stacks))
	for i, s := range stacks {
		wait.Go(func() {
			defer close(ended[s.Name])
			for _, need := range s.Needs {
				if c := ended[need]; c != nil {
					<-c
				}
			}
			if failed.Load() {
				return
			}
			if errs[i] = do(s); errs[i] != nil {
				failed.Store(true)
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}
