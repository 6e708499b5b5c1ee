package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"frontdoor/akamai"
)

// Done is what the repaired handler returns of one record.
type Done struct {
	Key     string    `json:"key"`
	Skipped string    `json:"skipped,omitempty"` // why nothing was published
	MTime   time.Time `json:"mtime,omitzero"`
	Uploads int       `json:"uploads,omitempty"` // more than one: the object changed on the way
	PurgeID string    `json:"purge_id,omitempty"`
}

// repaired publishes the object of each record of the event.
func (h *Handler) repaired(ctx context.Context, e events.S3Event) ([]byte, error) {
	var all []Done
	for _, r := range e.Records {
		d, err := h.record(ctx, r)
		if err != nil {
			return nil, fmt.Errorf("publish %s: %w", r.S3.Object.Key, err)
		}
		h.log.Info("published", "key", d.Key, "skipped", d.Skipped, "uploads", d.Uploads, "purge", d.PurgeID)
		all = append(all, d)
	}
	return json.Marshal(all)
}

// record publishes one object: upload, then purge, then the note that this was done.
// Whatever fails before the note fails the invocation, and Lambda comes again.
//
// Two invocations may run at once. Whoever uploads last looks last, so the newest
// version stays; the note only spares work.
func (h *Handler) record(ctx context.Context, r events.S3EventRecord) (Done, error) {
	d := Done{Key: key(r)}
	if !strings.HasPrefix(r.EventName, "ObjectCreated:") {
		d.Skipped = r.EventName
		return d, nil
	}
	path, sequencer := "/"+h.cfg.CPCode+"/"+d.Key, r.S3.Object.Sequencer
	note := path + ".sequencer"
	published, err := h.store.Download(ctx, note)
	if err != nil && !notThere(err) {
		return d, err
	}
	if err == nil && !After(sequencer, string(published)) {
		d.Skipped = "an event as new was published already"
		return d, nil
	}
	if err := h.upload(ctx, r.S3.Bucket.Name, path, &d); err != nil {
		return d, err
	}
	if err := sleep(ctx, h.cfg.Settle); err != nil {
		return d, err
	}
	target := (&url.URL{Scheme: "https", Host: h.cfg.Host, Path: "/" + d.Key}).String()
	a, err := h.purge.Do(ctx, akamai.Purge{Action: h.cfg.Action, By: akamai.ByURL, Network: akamai.Production, Objects: []any{target}})
	if err != nil {
		return d, err
	}
	d.PurgeID = a.PurgeID
	return d, h.store.Upload(ctx, note, []byte(sequencer), time.Time{})
}

// key is the object's key: a notification has it encoded as a form field.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
func key(r events.S3EventRecord) string {
	if k, err := url.QueryUnescape(r.S3.Object.Key); err == nil {
		return k
	}
	return r.S3.Object.Key
}

// uploads is how often an object that changes all the time is uploaded in one invocation.
const uploads = 5

// upload copies the object until what was copied is what S3 has.
func (h *Handler) upload(ctx context.Context, bucket, path string, d *Done) error {
	for range uploads {
		o, err := h.s3.get(ctx, bucket, d.Key)
		if err != nil {
			return err
		}
		if d.MTime, err = h.mtime(ctx, path, o.modified); err != nil {
			return err
		}
		if err := h.store.Upload(ctx, path, o.body, d.MTime); err != nil {
			return err
		}
		d.Uploads++
		now, err := h.s3.etag(ctx, bucket, d.Key)
		if err != nil || now == o.etag {
			return err
		}
	}
	return fmt.Errorf("the object changed during each of %d uploads", uploads)
}

// mtime is the object's own time, or a second more than what is stored has. Caches
// compare whole seconds: two versions of one second would be one to them, and the
// first would stay for as long as its TTL.
func (h *Handler) mtime(ctx context.Context, path string, modified time.Time) (time.Time, error) {
	stored, err := h.store.Stat(ctx, path)
	switch {
	case notThere(err):
		return modified, nil
	case err != nil:
		return modified, err
	}
	if least := stored.Modified().Add(time.Second); modified.Before(least) {
		return least, nil
	}
	return modified, nil
}

func notThere(err error) bool {
	var refused *akamai.Refused
	return errors.As(err, &refused) && refused.Status == http.StatusNotFound
}

// After tells whether sequencer a is of a later event of one key than b: the shorter
// is filled up with zeros on the right, then they compare as text.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
func After(a, b string) bool {
	n := max(len(a), len(b))
	pad := func(s string) string { return s + strings.Repeat("0", n-len(s)) }
	return pad(a) > pad(b)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
