package offload

import (
	"context"
	"maps"
	"slices"
	"time"

	"frontdoor/lab/bucket"
)

// Served is option b left to serve: an object that comes into the bucket is published
// by the repaired handler, and viewers get it from the edges.
type Served struct {
	stage  *stage
	cancel context.CancelFunc
}

// Serve brings option b up. Nothing is in the bucket yet.
func Serve(c Config) (*Served, error) {
	s, err := open(c, "b")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.bucket.Tell(func(event []byte) {
		go func() { // as S3 does, without waiting for the one before
			_, _ = s.function.Async(ctx, event, func(ctx context.Context, d time.Duration) error {
				select {
				case <-time.After(d):
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}) // what comes of it is in the function's log
		}()
	})
	return &Served{s, cancel}, nil
}

// Bucket is the URL of the bucket; keys go behind it.
func (s *Served) Bucket() string { return s.stage.bucket.URL() + "/" + bucket.Name }

// Edges are the URLs of the edge caches of the production network.
func (s *Served) Edges() []string {
	var urls []string
	for i := range s.stage.c.Edges {
		urls = append(urls, s.stage.akamai.EdgeURL(i))
	}
	return urls
}

// Environment is what a handler needs to publish, as NAME=value, sorted.
func (s *Served) Environment() []string {
	var list []string
	env := s.stage.environment("repaired")
	for _, name := range slices.Sorted(maps.Keys(env)) {
		list = append(list, name+"="+env[name])
	}
	return list
}

// Close ends everything.
func (s *Served) Close() error {
	s.cancel()
	return s.stage.close()
}
