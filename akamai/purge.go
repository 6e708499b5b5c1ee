package akamai

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/akamai/AkamaiOPEN-edgegrid-golang/v13/pkg/edgegrid"
)

// Action is what a purge does to the copies in caches.
type Action string

// Invalidate marks copies stale: the next request asks the origin whether they
// changed. Delete evicts them: the next request fetches the object anew.
const (
	Invalidate Action = "invalidate"
	Delete     Action = "delete"
)

// By is how the objects to purge are named.
type By string

// The names of objects: full URLs, CP codes (int), cache tags.
const (
	ByURL    By = "url"
	ByCPCode By = "cpcode"
	ByTag    By = "tag"
)

// Network is where a purge takes effect. A purge of one leaves the other as it is.
type Network string

// The two networks.
const (
	Production Network = "production"
	Staging    Network = "staging"
)

// Purge is one request: objects of one sort.
type Purge struct {
	Action  Action
	By      By
	Network Network
	Objects []any // strings, or ints for CP codes
}

// Accepted is the answer 201: the purge is under way, and nothing will say when it
// is done.
type Accepted struct {
	HTTPStatus       int    `json:"httpStatus"`
	EstimatedSeconds int    `json:"estimatedSeconds"`
	PurgeID          string `json:"purgeId"`
	SupportID        string `json:"supportId"`
	Detail           string `json:"detail"`
}

// FastPurge is an API client with the right to purge. HTTP nil is
// http.DefaultClient.
type FastPurge struct {
	URL          string // "https://akab-....luna.akamaiapis.net", without a slash at the end
	ClientToken  string
	AccessToken  string
	ClientSecret string
	HTTP         *http.Client
}

// Do sends a purge. Any status but 201 is a *Refused; 429 consumes nothing of the
// account's rate limits and may be sent again after some seconds.
func (f FastPurge) Do(ctx context.Context, p Purge) (Accepted, error) {
	var a Accepted
	answer, err := f.Send(ctx, p)
	if err == nil && answer.Status != http.StatusCreated {
		err = (*Refused)(&answer)
	}
	if err == nil {
		err = json.Unmarshal(answer.Body, &a)
	}
	if err != nil {
		return a, fmt.Errorf("purge: %s %v: %w", p.Action, p.Objects, err)
	}
	return a, nil
}

// Send sends a purge and returns the answer, whatever its status.
func (f FastPurge) Send(ctx context.Context, p Purge) (Answer, error) {
	body, err := json.Marshal(map[string]any{"objects": p.Objects})
	if err != nil {
		return Answer{}, err
	}
	target := fmt.Sprintf("%s/ccu/v3/%s/%s/%s", f.URL, p.Action, p.By, p.Network)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	f.sign(req)
	client := f.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	return exchange(client, req)
}

// sign adds EdgeGrid's Authorization header. MaxBody must be said: in a Config that
// is built as a literal it is 0, the module then hashes an empty body, and every
// request with a body is refused.
func (f FastPurge) sign(req *http.Request) {
	host := req.URL.Host
	if u, err := url.Parse(f.URL); err == nil {
		host = u.Host
	}
	edgegrid.Config{
		Host: host, ClientToken: f.ClientToken, AccessToken: f.AccessToken, ClientSecret: f.ClientSecret,
		MaxBody: edgegrid.MaxBodySize,
	}.SignRequest(req)
}
