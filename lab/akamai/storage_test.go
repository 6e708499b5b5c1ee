package akamai_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdoor/akamai"
	"frontdoor/offload/cdn"
)

// status is that of a refusal; 0 when there was none.
func status(err error) int {
	var r *akamai.Refused
	if errors.As(err, &r) {
		return r.Status
	}
	return 0
}

// What the client stores it finds again, by every version of the signature, and
// through a path that is encoded on the wire.
func TestStorageRoundTrip(t *testing.T) {
	c := start(t, config())
	ctx := t.Context()
	for _, version := range []int{3, 4, 5} {
		for _, path := range []string{"/832468/report.csv", "/832468/Big Buck Bunny.mp4", "/832468/a/b%c/ü.txt"} {
			c.store.Version = version
			body := bytes.Repeat([]byte("x"), 2604)
			mtime := time.Unix(1626900592, 0).UTC()
			if err := c.store.Upload(ctx, path, body, mtime); err != nil {
				t.Fatal(err)
			}
			f, err := c.store.Stat(ctx, path)
			if err != nil || f.Type != "file" || f.Size != 2604 || f.Modified() != mtime {
				t.Errorf("version %d, %s: %+v, %v", version, path, f, err)
			}
			if err := c.store.SetMTime(ctx, path, mtime.Add(time.Hour)); err != nil {
				t.Error(err)
			}
			if f, err := c.store.Stat(ctx, path); err != nil || f.Modified() != mtime.Add(time.Hour) {
				t.Errorf("mtime: %+v, %v", f, err)
			}
			if got, err := c.store.Download(ctx, path); err != nil || !bytes.Equal(got, body) {
				t.Errorf("download: %d bytes, %v", len(got), err)
			}
			if err := c.store.Delete(ctx, path); err != nil {
				t.Error(err)
			}
			if _, err := c.store.Stat(ctx, path); status(err) != 404 {
				t.Errorf("stat of what was deleted: %v", err)
			}
		}
	}
	if m := c.Storage.Meters(); m.Uploads != 9 || m.UploadedBytes != 9*2604 || m.StoredBytes != 0 || m.Refused != 9 {
		t.Errorf("%+v", m)
	}
}

// The answer to stat is of Akamai's form, and its hash MD5's:
// https://techdocs.akamai.com/netstorage-usage/reference/get-stat
func TestStatForm(t *testing.T) {
	c := start(t, config())
	if err := c.store.Upload(t.Context(), "/832468/filename", []byte("hello world"), time.Unix(1626900592, 0)); err != nil {
		t.Fatal(err)
	}
	got, err := c.store.Do(t.Context(), "GET", "/832468/filename", "version=1&action=stat&format=xml", nil)
	const want = `<stat directory="/832468"><file type="file" name="filename" mtime="1626900592" size="11" md5="5eb63bbbe01eeed093cb22bb8f5acdc3"></file></stat>`
	if err != nil || !strings.HasSuffix(string(got.Body), want) {
		t.Errorf("%s, %v", got.Body, err)
	}
	du, err := c.store.Do(t.Context(), "GET", "/832468", "version=1&action=du", nil)
	if err != nil || !strings.Contains(string(du.Body), `files="1" bytes="11"`) {
		t.Errorf("%s, %v", du.Body, err)
	}
	dir, err := c.store.Do(t.Context(), "GET", "/832468", "version=1&action=dir", nil)
	if err != nil || !strings.Contains(string(dir.Body), `name="filename"`) {
		t.Errorf("%s, %v", dir.Body, err)
	}
}

// F29 and what else NetStorage refuses: nothing of it is stored.
func TestStorageRefuses(t *testing.T) {
	const upload = "version=1&action=upload"
	for name, x := range map[string]struct {
		want   int
		change func(n *akamai.NetStorage)
		method string
		path   string
		action string
	}{
		"wrong key":                {403, func(n *akamai.NetStorage) { n.Key = "abcdefghik" }, "PUT", "/832468/a", upload},
		"unknown account":          {403, func(n *akamai.NetStorage) { n.Account = "Somebody" }, "PUT", "/832468/a", upload},
		"61 s behind":              {403, func(n *akamai.NetStorage) { n.Now = func() time.Time { return began.Add(-61 * time.Second) } }, "PUT", "/832468/a", upload},
		"62 s ahead":               {403, func(n *akamai.NetStorage) { n.Now = func() time.Time { return began.Add(62 * time.Second) } }, "PUT", "/832468/a", upload},
		"59 s behind":              {200, func(n *akamai.NetStorage) { n.Now = func() time.Time { return began.Add(-59 * time.Second) } }, "PUT", "/832468/a", upload},
		"no CP code":               {403, nil, "PUT", "/data832468/report.csv", upload},
		"another CP code":          {403, nil, "PUT", "/832469/report.csv", upload},
		"stat in a PUT":            {403, nil, "PUT", "/832468/a", "version=1&action=stat"},
		"upload in a POST":         {403, nil, "POST", "/832468/a", upload},
		"unknown action":           {400, nil, "POST", "/832468/a", "version=1&action=burn"},
		"unknown parameter":        {400, nil, "PUT", "/832468/a", upload + "&color=red"},
		"version 2 of the action":  {400, nil, "PUT", "/832468/a", "version=2&action=upload"},
		"mtime that is none":       {400, nil, "PUT", "/832468/a", upload + "&mtime=yesterday"},
		"another size":             {412, nil, "PUT", "/832468/a", upload + "&size=12"},
		"another hash":             {412, nil, "PUT", "/832468/a", upload + "&md5=0123456789abcdef0123456789abcdef"},
		"its own size and hash":    {200, nil, "PUT", "/832468/a", upload + "&size=11&md5=5EB63BBBE01EEED093CB22BB8F5ACDC3"},
		"quick-delete by accident": {400, nil, "POST", "/832468/a", "version=1&action=quick-delete"},
		"delete of nothing":        {404, nil, "POST", "/832468/nothing", "version=1&action=delete"},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, config())
			n := c.store
			if x.change != nil {
				x.change(&n)
			}
			_, err := n.Do(t.Context(), x.method, x.path, x.action, []byte("hello world"))
			if got := status(err); x.want != 200 && got != x.want || x.want == 200 && err != nil {
				t.Errorf("%v, want %d", err, x.want)
			}
			if m := c.Storage.Meters(); (m.StoredBytes == 0) != (x.want != 200) || m.Refused > 0 != (x.want != 200) {
				t.Errorf("%+v", m)
			}
		})
	}
}

// A call that is sent again as it was is a replay, for as long as its time would do.
func TestStorageReplay(t *testing.T) {
	c := start(t, config())
	c.store.ID = func() string { return "382644692" }
	if err := c.store.Upload(t.Context(), "/832468/a", []byte("x"), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := c.store.Upload(t.Context(), "/832468/a", []byte("x"), time.Time{}); status(err) != 403 {
		t.Errorf("replay: %v", err)
	}
	c.clock.Advance(time.Second)
	if err := c.store.Upload(t.Context(), "/832468/a", []byte("x"), time.Time{}); err != nil {
		t.Errorf("the same id a second later: %v", err)
	}
}

// A client that signs the path as text, and sends it encoded, is refused.
func TestStorageSignsTheRawPath(t *testing.T) {
	c := start(t, config())
	const action = "version=1&action=upload"
	for path, want := range map[string]int{"/832468/Big%20Buck%20Bunny.mp4": 200, "/832468/Big Buck Bunny.mp4": 403} {
		data := akamai.AuthData(5, began.Unix(), path, "UploadAccountMedia")
		sign, err := akamai.Sign(5, "abcdefghij", data, path, action)
		if err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequestWithContext(context.Background(), "PUT", c.StorageURL()+"/832468/Big%20Buck%20Bunny.mp4", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{akamai.HeaderAction: action, akamai.HeaderData: data, akamai.HeaderSign: sign} {
			req.Header.Set(name, value)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("signed over %s: %d, want %d", path, resp.StatusCode, want)
		}
		req.Header.Del(akamai.HeaderSign)
	}
}

// Reserved fields may be empty, as a later page of the documents writes them; a
// header that is missing may not.
func TestStorageAuthData(t *testing.T) {
	c := start(t, config())
	const action = "version=1&action=upload"
	send := func(data string, without string) int {
		sign, _ := akamai.Sign(5, "abcdefghij", data, "/832468/a", action)
		req, _ := http.NewRequest("PUT", c.StorageURL()+"/832468/a", strings.NewReader("x"))
		req.Header.Set(akamai.HeaderAction, action)
		req.Header.Set(akamai.HeaderData, data)
		req.Header.Set(akamai.HeaderSign, sign)
		req.Header.Del(without)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	stamp := "1795917600"
	if began.Unix() != 1795917600 {
		t.Fatal(began.Unix())
	}
	for data, want := range map[string]int{
		"5,,, " + stamp + ", 1, UploadAccountMedia":                 200,
		"6, 0.0.0.0, 0.0.0.0, " + stamp + ", 2, UploadAccountMedia": 403,
		"5, 0.0.0.0, " + stamp + ", 3, UploadAccountMedia":          403,
		"5, 0.0.0.0, 0.0.0.0, now, 4, UploadAccountMedia":           403,
	} {
		if got := send(data, ""); got != want {
			t.Errorf("%s: %d, want %d", data, got, want)
		}
	}
	for i, header := range []string{akamai.HeaderAction, akamai.HeaderData, akamai.HeaderSign} {
		if got := send("5,,, "+stamp+", "+header+", UploadAccountMedia", header); got != 403 {
			t.Errorf("%d without %s: %d", i, header, got)
		}
	}
}

// Some descriptions have an upload answered by 204. A client that knows 200 alone takes
// the success for a failure; this one takes both.
func TestStorageNoContent(t *testing.T) {
	cfg := config()
	cfg.Storage.NoContent = true
	c := start(t, cfg)
	if err := c.store.Upload(t.Context(), "/832468/a", []byte("x"), time.Time{}); err != nil {
		t.Error(err)
	}
	if m := c.Storage.Meters(); m.Uploads != 1 || m.StoredBytes != 2 {
		t.Errorf("one byte in two replicas: %+v", m)
	}
}

// Uploads are limited where the lab is told how; what is refused is not stored, and the
// rest of the API goes on.
func TestStorageUploadRate(t *testing.T) {
	cfg := config()
	cfg.Storage.UploadRate = cdn.Rate{Tokens: 2, PerSecond: 0.5}
	c := start(t, cfg)
	upload := func() error { return c.store.Upload(t.Context(), "/832468/a", []byte("x"), time.Time{}) }
	for i, want := range []int{0, 0, 429} {
		if err := upload(); status(err) != want {
			t.Errorf("upload %d: %v, want %d", i, err, want)
		}
	}
	if _, err := c.store.Stat(t.Context(), "/832468/a"); err != nil {
		t.Error(err)
	}
	c.clock.Advance(2 * time.Second)
	if err := upload(); err != nil {
		t.Error(err)
	}
	if m := c.Storage.Meters(); m.Uploads != 3 || m.Refused != 1 {
		t.Errorf("%+v", m)
	}
}

// Renaming moves an object within its CP code, quick-delete takes a tree, for those who
// say the words.
func TestStorageTrees(t *testing.T) {
	c := start(t, config())
	ctx := t.Context()
	do := func(path, action string) error {
		_, err := c.store.Do(ctx, "POST", path, "version=1&action="+action, nil)
		return err
	}
	for _, path := range []string{"/832468/a/1", "/832468/a/2", "/832468/ab"} {
		if err := c.store.Upload(ctx, path, []byte("x"), time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := do("/832468/ab", "rename&destination=/832469/ab"); status(err) != 400 {
		t.Errorf("into another CP code: %v", err)
	}
	if err := do("/832468/ab", "rename&destination=/832468/a/3"); err != nil {
		t.Error(err)
	}
	if _, err := c.store.Stat(ctx, "/832468/ab"); status(err) != 404 {
		t.Errorf("under its old name: %v", err)
	}
	if err := do("/832468/b", "mkdir"); err != nil {
		t.Error(err)
	}
	if err := do("/832468/a", "quick-delete&quick-delete=imreallyreallysure"); err != nil {
		t.Error(err)
	}
	if m := c.Storage.Meters(); m.StoredBytes != 0 {
		t.Errorf("%+v", m)
	}
}
