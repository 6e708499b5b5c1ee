package apply

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"frontdoor/deploy"
)

// diamond is four stacks: two wait for the first, the last for both.
func diamond() []deploy.Stack {
	return []deploy.Stack{{Name: "a"}, {Name: "b", Needs: []string{"a"}}, {Name: "c", Needs: []string{"a"}}, {Name: "d", Needs: []string{"b", "c"}}}
}

// A stack is made after those that it needs, and stacks that do not wait for each other
// are made at once: b and c meet.
func TestInOrder(t *testing.T) {
	var mu sync.Mutex
	var ended []string
	var meet sync.WaitGroup
	meet.Add(2)
	err := inOrder(diamond(), func(s deploy.Stack) error {
		if s.Name == "b" || s.Name == "c" {
			meet.Done()
			meet.Wait()
		}
		mu.Lock()
		defer mu.Unlock()
		for _, need := range s.Needs {
			if !slices.Contains(ended, need) {
				t.Errorf("%s began before %s had ended", s.Name, need)
			}
		}
		ended = append(ended, s.Name)
		return nil
	})
	if err != nil || len(ended) != 4 {
		t.Errorf("%v, %q", err, ended)
	}
}

// After a failure nothing that waits for it begins, and every failure is told.
func TestInOrderStops(t *testing.T) {
	var mu sync.Mutex
	var begun []string
	err := inOrder(diamond(), func(s deploy.Stack) error {
		mu.Lock()
		defer mu.Unlock()
		begun = append(begun, s.Name)
		if s.Name == "a" {
			return errors.New("no a")
		}
		return nil
	})
	if err == nil || err.Error() != "no a" || fmt.Sprint(begun) != "[a]" {
		t.Errorf("%v, begun %q", err, begun)
	}
}

func TestResolved(t *testing.T) {
	of := func(stack, output string) (string, bool) {
		value, ok := map[string]string{"bench-s-table.Arn": "arn:t", "code.Key": "k.zip"}[stack+"."+output]
		return value, ok
	}
	got, err := resolved(map[string]string{"A": "${bench-s-table.Arn}/index/*", "B": "plain $ {x}", "C": "${code.Key}"}, of)
	if err != nil || got["A"] != "arn:t/index/*" || got["B"] != "plain $ {x}" || got["C"] != "k.zip" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := resolved(map[string]string{"A": "${bench-s-table.Name}"}, of); err == nil || err.Error() != "parameter A: ${bench-s-table.Name} is no output of a stack that stands" {
		t.Errorf("%v", err)
	}
}
