package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A mirror may keep the price list in a folder, and must not send us elsewhere.
func TestPricesUpdateStaysWhereItWasSent(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked for %s", r.URL)
	}))
	defer elsewhere.Close()
	files := priceList()
	redirect := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutPrefix(r.URL.Path, "/my/mirror")
		switch {
		case redirect && strings.Contains(path, "CloudFront"):
			http.Redirect(w, r, elsewhere.URL+"/latest/meta-data/", http.StatusFound)
		case ok && files[path] != "":
			w.Write([]byte(files[path]))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	home := t.TempDir()
	if code, _, stderr := updated(t, home, "update", "--endpoint", server.URL+"/my/mirror", "--region", "us-east-1"); code != exitOK {
		t.Errorf("a mirror in a folder: exit %d, %s", code, stderr)
	}
	redirect = true
	home = t.TempDir()
	code, _, stderr := updated(t, home, "update", "--endpoint", server.URL+"/my/mirror", "--region", "us-east-1")
	if code != exitInternal || !strings.Contains(stderr, "leads to another host") {
		t.Errorf("a redirect away: exit %d, %s", code, stderr)
	}
	if left, err := os.ReadDir(home); err != nil || len(left) != 0 {
		t.Errorf("%v was written, %v", left, err)
	}
}

func offerFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "offer.json")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// What could not be read again is not written.
func TestImportWritesOnlyWhatItCanRead(t *testing.T) {
	for name, text := range map[string]string{
		"region":  strings.Replace(offerOfELB, `"us-east-1"`, `"us-east-1 "`, 1),
		"version": strings.Replace(offerOfELB, `"20260919002359"`, `"20260919002359\t"`, 1),
	} {
		home := t.TempDir()
		code, _, stderr := updated(t, home, "import", offerFile(t, text))
		if code == exitOK { // taken is fine too, if it can be read
			code, _, stderr = updated(t, home, "list")
			if code != exitOK {
				t.Errorf("%s: the book cannot be read: %s", name, stderr)
			}
			continue
		}
		if code != exitUsage || !strings.Contains(stderr, "nothing was written") && !strings.Contains(stderr, "offer file") {
			t.Errorf("%s: exit %d, %s", name, code, stderr)
		}
		if _, err := os.Stat(filepath.Join(home, ".config", "bench", "prices.csv")); err == nil {
			t.Errorf("%s: a book was written", name)
		}
	}
}

// Two imports at once both count.
func TestImportsAtOnce(t *testing.T) {
	elb, cloudfront := offerFile(t, offerOfELB), offerFile(t, offerOfCloudFront)
	for range 8 {
		home := t.TempDir()
		var both sync.WaitGroup
		for _, file := range []string{elb, cloudfront} {
			both.Go(func() {
				if code, _, stderr := updated(t, home, "import", file); code != exitOK {
					t.Errorf("exit %d: %s", code, stderr)
				}
			})
		}
		both.Wait()
		book, err := os.ReadFile(filepath.Join(home, ".config", "bench", "prices.csv"))
		if err != nil || !strings.Contains(string(book), "alb.lcu_hours") || !strings.Contains(string(book), "cloudfront.to_origin_gb.jp") {
			t.Fatalf("a book lost an offer: %v\n%s", err, book)
		}
	}
}

// A link stays a link: the file that it stands for is written.
func TestImportFollowsALink(t *testing.T) {
	folder := t.TempDir()
	kept, link := filepath.Join(folder, "kept.csv"), filepath.Join(folder, "link.csv")
	home := t.TempDir()
	if code, _, stderr := updated(t, home, "import", "--book", kept, offerFile(t, offerOfELB)); code != exitOK {
		t.Fatal(stderr)
	}
	if err := os.Symlink(kept, link); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := updated(t, home, "import", "--book", link, offerFile(t, offerOfCloudFront)); code != exitOK {
		t.Fatal(stderr)
	}
	info, err := os.Lstat(link)
	text, readErr := os.ReadFile(kept)
	if err != nil || info.Mode()&os.ModeSymlink == 0 || readErr != nil || !strings.Contains(string(text), "cloudfront.to_origin_gb.jp") {
		t.Errorf("%v, %v, %v\n%s", info.Mode(), err, readErr, text)
	}
}
