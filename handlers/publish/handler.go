package publish

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"frontdoor/akamai"
)

// Handler publishes on notifications of S3. An error is the invocation's: Lambda runs
// an asynchronous one again, twice.
type Handler struct {
	cfg   Config
	s3    source
	store akamai.NetStorage
	purge akamai.FastPurge
	log   *slog.Logger
}

var _ lambda.Handler = (*Handler)(nil)

// New makes the handler. What it talks to, S3 too, is in its environment.
func New(ctx context.Context, c Config) (*Handler, error) {
	s3, err := newSource(ctx)
	if err != nil {
		return nil, err
	}
	return &Handler{cfg: c, s3: s3, store: c.store(), purge: c.purger(), log: slog.Default()}, nil
}

// Invoke runs one event: https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
func (h *Handler) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	if h.cfg.Form != Repaired {
		return h.original(ctx) // which does not look at the event
	}
	var e events.S3Event
	if err := json.Unmarshal(event, &e); err != nil {
		return nil, err
	}
	return h.repaired(ctx, e)
}

// Serve runs the handler under the Runtime API. It returns only an error of its
// configuration.
func Serve() error {
	c, err := FromEnvironment(os.Getenv)
	if err != nil {
		return err
	}
	h, err := New(context.Background(), c)
	if err != nil {
		return err
	}
	lambda.StartWithOptions(h)
	return nil
}
