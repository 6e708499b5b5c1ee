package akamai_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdoor/akamai"
	lab "frontdoor/lab/akamai"
)

// FuzzStoragePath: whatever an object is called, what the client signs is what goes over
// the wire, and what is stored is found under the same name.
func FuzzStoragePath(f *testing.F) {
	for _, name := range []string{"report.csv", "Big Buck Bunny.mp4", "a//b/../c", "50% off?", "#1", "ü+&=;", "\x00\xff", "%2e%2E", "a:b@c", ""} {
		f.Add(name)
	}
	l, err := lab.Start(config())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { l.Close() })
	store := akamai.NetStorage{URL: l.StorageURL(), Account: "UploadAccountMedia", Key: "abcdefghij", Now: func() time.Time { return began }}
	f.Fuzz(func(t *testing.T, name string) {
		path := "/832468/" + name
		if err := store.Upload(t.Context(), path, []byte(name), began); err != nil {
			t.Fatal(err)
		}
		if got, err := store.Download(t.Context(), path); err != nil || string(got) != name {
			t.Errorf("%q, %v", got, err)
		}
		if stat, err := store.Stat(t.Context(), path); err != nil || stat.Size != int64(len(name)) {
			t.Errorf("%+v, %v", stat, err)
		}
		if err := store.Delete(t.Context(), path); err != nil {
			t.Error(err)
		}
	})
}

// FuzzPurgeBody: whatever an authentic purge holds, the answer is a document with its
// own status in it, and only what is accepted takes tokens.
func FuzzPurgeBody(f *testing.F) {
	for _, body := range []string{`{"objects":[832468]}`, `{"objects":["832468"]}`, `{"objects":[1e3]}`, `{"objects":[null]}`, `{"objects":{}}`, `[]`, `{"objects":[832468.0]}`, `{"OBJECTS":[832468]}`, ""} {
		f.Add(body)
	}
	cfg := config()
	cfg.Signed = time.Now
	l, err := lab.Start(cfg)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { l.Close() })
	f.Fuzz(func(t *testing.T, body string) {
		before := l.Purge.Meters()
		req, err := http.NewRequest("POST", l.PurgeURL()+"/ccu/v3/invalidate/cpcode/production", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		signer().SignRequest(req)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var said struct {
			HTTPStatus        int
			SupportID, Detail string
		}
		if err := json.NewDecoder(resp.Body).Decode(&said); err != nil || said.HTTPStatus != resp.StatusCode || said.SupportID == "" || said.Detail == "" {
			t.Errorf("%q: %d, %+v, %v", body, resp.StatusCode, said, err)
		}
		after := l.Purge.Meters()
		if took := after.Objects > before.Objects; took != (resp.StatusCode == 201) || after.Requests != before.Requests+1 {
			t.Errorf("%q: %d, %+v", body, resp.StatusCode, after)
		}
	})
}
