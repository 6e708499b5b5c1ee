package apply

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Probe is one request to a front, and the status that it must be answered with.
type Probe struct {
	Front   string
	Request func(context.Context) (*http.Request, error)
	Status  int
}

// Answered asks every front until it answers as it should. A stack that stands is not
// yet a front that answers: names have to be known, permissions to arrive and edge
// locations to be told. The error names those that do not answer in time.
func (c *Cloud) Answered(ctx context.Context, probes []Probe) error {
	client := &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	errs := make([]error, len(probes))
	var wait sync.WaitGroup
	for i, p := range probes {
		wait.Go(func() { errs[i] = c.answers(ctx, client, p) })
	}
	wait.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(errs...)
}

func (c *Cloud) answers(ctx context.Context, client *http.Client, p Probe) error {
	until := time.Now().Add(c.pace.Answer)
	for {
		err := ask(ctx, client, p)
		if err == nil {
			c.sayf("%s answers", p.Front)
			return nil
		}
		if time.Now().After(until) {
			return fmt.Errorf("front %q does not answer: %w", p.Front, err)
		}
		if err := sleep(ctx, c.pace.Poll); err != nil {
			return err
		}
	}
}

// ask sends the request once.
func ask(ctx context.Context, client *http.Client, p Probe) error {
	r, err := p.Request(ctx)
	if err != nil {
		return err
	}
	got, err := client.Do(r)
	if err != nil {
		return err
	}
	defer got.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(got.Body, 200)) // for the error only
	if got.StatusCode != p.Status {
		return fmt.Errorf("%s %s: status %d, want %d: %.100q", r.Method, r.URL.Redacted(), got.StatusCode, p.Status, text)
	}
	return nil
}
