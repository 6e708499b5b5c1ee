package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"frontdoor/akamai"
)

// step is what the original returns of each step. Body is JSON within JSON: the
// answer's text was encoded before it was put into what is encoded again.
type step struct {
	Status int    `json:"status"`
	Body   string `json:"body"`
}

// stepOf is a step's result, its text encoded once already.
func stepOf(a akamai.Answer) (step, error) {
	text, err := json.Marshal(string(a.Body))
	return step{a.Status, string(text)}, err
}

// original is the published handler: the configured file, whatever the event names;
// an upload whose refusal is a result and no error; and a purge in any case, of the
// whole CP code, on the staging network.
func (h *Handler) original(ctx context.Context) ([]byte, error) {
	uploaded, err := h.originalUpload(ctx)
	if err != nil {
		return nil, err
	}
	purged, err := h.originalPurge(ctx)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]step{"NetStorageUpload": uploaded, "PurgeRequest": purged})
}

// NameError is Python's: the Runtime API has the name of its type.
type NameError string

func (e NameError) Error() string { return fmt.Sprintf("name '%s' is not defined", string(e)) }

// originalUpload downloads to a temporary file and uploads that to a path in which
// S3's folder and the CP code have grown together. The download asks for the size
// first, as boto3's download_file does. A refusal leaves the file where it is.
func (h *Handler) originalUpload(ctx context.Context) (step, error) {
	key := h.cfg.Path + "/" + h.cfg.File
	file := filepath.Join(h.cfg.TemporaryFiles, h.cfg.File)
	if _, err := h.s3.etag(ctx, h.cfg.Bucket, key); err != nil {
		return step{}, err
	}
	o, err := h.s3.get(ctx, h.cfg.Bucket, key)
	if err != nil {
		return step{}, err
	}
	if err := os.WriteFile(file, o.body, 0o600); err != nil {
		return step{}, err
	}
	if h.cfg.Form == Head {
		return step{}, NameError("NS_CP") // the last commit moved the variable into another function
	}
	path := "/" + h.cfg.Path + h.cfg.CPCode + "/" + h.cfg.File
	answer, err := h.store.Do(ctx, http.MethodPut, path, "version=1&action=upload", o.body)
	var refused *akamai.Refused
	if errors.As(err, &refused) {
		answer = akamai.Answer(*refused)
	} else if err != nil {
		return step{}, err // no answer at all is the kit's exception
	}
	if answer.Status == http.StatusOK { // which is all that the kit takes for a success
		if err := os.Remove(file); err != nil {
			return step{}, err
		}
	}
	return stepOf(answer)
}

// originalPurge sends the CP code as text, to staging: the line for production is there
// as a comment.
func (h *Handler) originalPurge(ctx context.Context) (step, error) {
	answer, err := h.purge.Send(ctx, akamai.Purge{
		Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Staging, Objects: []any{h.cfg.CPCode},
	})
	if err != nil {
		return step{}, err
	}
	return stepOf(answer)
}
