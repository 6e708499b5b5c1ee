package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const offerOfELB = `{"offerCode":"AWSELB","version":"20260919002359","publicationDate":"2026-09-19T00:23:59Z",
"products":{"A":{"sku":"A","attributes":{"usagetype":"LCUUsage","operation":"LoadBalancing:Application","regionCode":"us-east-1"}}},
"terms":{"OnDemand":{"A":{"A.J":{"offerTermCode":"J","effectiveDate":"2026-09-01T00:00:00Z","priceDimensions":{"x":{"rateCode":"A.J.X","beginRange":"0","endRange":"Inf","pricePerUnit":{"USD":"0.0091"}}}}}}}}`

const offerOfCloudFront = `{"offerCode":"AmazonCloudFront","version":"20260920000000","publicationDate":"2026-09-20T00:00:00Z",
"products":{"B":{"sku":"B","attributes":{"usagetype":"JP-DataTransfer-Out-OBytes"}}},
"terms":{"OnDemand":{"B":{"B.J":{"offerTermCode":"J","effectiveDate":"2026-09-01T00:00:00Z","priceDimensions":{"x":{"rateCode":"B.J.X","beginRange":"0","endRange":"Inf","pricePerUnit":{"USD":"0.061"}}}}}}}}`

// priceList serves a bulk API of two offers, whose URLs have the shape that
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-ppslong.html gives.
func priceList() map[string]string {
	return map[string]string{
		"/offers/v1.0/aws/index.json": `{"formatVersion":"v1.0","offers":{
"AWSELB":{"offerCode":"AWSELB","currentVersionUrl":"/never","currentRegionIndexUrl":"/offers/v1.0/aws/AWSELB/current/region_index.json"},
"AmazonCloudFront":{"offerCode":"AmazonCloudFront","currentVersionUrl":"/offers/v1.0/aws/AmazonCloudFront/current/index.json","currentRegionIndexUrl":"/never"},
"AmazonEC2":{"offerCode":"AmazonEC2","currentVersionUrl":"/never","currentRegionIndexUrl":"/never"}}}`,
		"/offers/v1.0/aws/AWSELB/current/region_index.json":           `{"regions":{"us-east-1":{"regionCode":"us-east-1","currentVersionUrl":"/offers/v1.0/aws/AWSELB/20260919002359/us-east-1/index.json"}}}`,
		"/offers/v1.0/aws/AWSELB/20260919002359/us-east-1/index.json": offerOfELB,
		"/offers/v1.0/aws/AmazonCloudFront/current/index.json":        offerOfCloudFront,
	}
}

// updated runs bench prices against an endpoint with a home of its own.
func updated(t *testing.T, home string, args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	env := systemEnv()
	env.stdout, env.stderr = &out, &errs
	env.now = func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }
	env.getenv = func(name string) string { return map[string]string{"HOME": home}[name] }
	code = bench(context.Background(), env, append([]string{"prices"}, args...))
	return code, out.String(), errs.String()
}

func TestPricesUpdate(t *testing.T) {
	files := priceList()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		text, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, text)
	}))
	defer server.Close()
	home := t.TempDir()
	code, stdout, stderr := updated(t, home, "update", "--endpoint", server.URL, "--region", "us-east-1", "--region", "eu-west-1")
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	if len(asked) != 4 {
		t.Errorf("asked for %q: want the four files and nothing else", asked)
	}
	for _, want := range []string{"has no offer AWSELB in eu-west-1", "has no offer AWSLambda\n", "fetching /offers/v1.0/aws/AWSELB/20260919002359/us-east-1/index.json"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("stderr lacks %q:\n%s", want, stderr)
		}
	}
	written := filepath.Join(home, ".config", "bench", "prices.csv")
	for _, want := range []string{"alb.lcu_hours", "0.0091", "cloudfront.to_origin_gb.jp", "0.061", "written: " + written} {
		if !strings.Contains(stdout, want) {
			t.Errorf("stdout lacks %q:\n%s", want, stdout)
		}
	}
	code, stdout, stderr = updated(t, home, "show", "alb.lcu_hours")
	if code != exitOK || !strings.Contains(stdout, "AWS Price List AWSELB 20260919002359") || !strings.Contains(stdout, "book: shipped + "+filepath.Base(written)) {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}

// Whatever goes wrong on the way, one sentence says what, and nothing is written.
func TestPricesUpdateFails(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	closed.Close()
	for _, c := range []struct {
		name, path, answer string // the file that goes wrong, and what it is instead
		endpoint           string
		code               int
		want               string
	}{
		{"closed port", "", "", "http://" + address, exitInternal, "bench: " + address + " cannot be reached, nothing was written: "},
		{"no URL", "", "", "pricing.example", exitUsage, `--endpoint: "pricing.example": want a URL like https://`},
		{"no index", "/offers/v1.0/aws/index.json", "", "", exitInternal, `answered 404 Not Found for "/offers/v1.0/aws/index.json": nothing was written`},
		{"no file", "/offers/v1.0/aws/AmazonCloudFront/current/index.json", "", "", exitInternal, `answered 404 Not Found for "/offers/v1.0/aws/AmazonCloudFront/current/index.json"`},
		{"index is no JSON", "/offers/v1.0/aws/AWSELB/current/region_index.json", "<html>", "", exitInternal, `read index "/offers/v1.0/aws/AWSELB/current/region_index.json" of `},
		{"index leads away", "/offers/v1.0/aws/AWSELB/current/region_index.json", `{"regions":{"us-east-1":{"currentVersionUrl":"http://127.0.0.1:1/x"}}}`, "", exitInternal, `leads to another host: "http://127.0.0.1:1/x"`},
		{"offer cut off", "/offers/v1.0/aws/AmazonCloudFront/current/index.json", offerOfCloudFront[:200], "", exitInternal, `read offer file "/offers/v1.0/aws/AmazonCloudFront/current/index.json": offset `},
		{"nothing known", "/offers/v1.0/aws/index.json", `{"offers":{}}`, "", exitInternal, "none of the offers and Regions asked for"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := priceList()
			delete(files, c.path)
			if c.answer != "" {
				files[c.path] = c.answer
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				text, ok := files[r.URL.Path]
				if !ok {
					http.NotFound(w, r)
					return
				}
				fmt.Fprint(w, text)
			}))
			defer server.Close()
			endpoint := c.endpoint
			if endpoint == "" {
				endpoint = server.URL
			}
			home := t.TempDir()
			code, stdout, stderr := updated(t, home, "update", "--endpoint", endpoint, "--region", "us-east-1")
			if code != c.code || !strings.Contains(stderr, c.want) || stdout != "" {
				t.Errorf("exit %d, stdout %q, stderr %q: want %d and %q", code, stdout, stderr, c.code, c.want)
			}
			if c.name == "closed port" && !strings.Contains(stderr, "\nhint: download the offer files by other means") {
				t.Errorf("no hint: %q", stderr)
			}
			if left, err := os.ReadDir(home); err != nil || len(left) != 0 {
				t.Errorf("%v was written, %v", left, err)
			}
		})
	}
}

func TestBookPath(t *testing.T) {
	for _, c := range []struct {
		flag string
		env  map[string]string
		path string
		said bool
	}{
		{"mine.csv", map[string]string{"BENCH_BOOK": "other.csv", "HOME": "/h"}, "mine.csv", true},
		{"none", map[string]string{"BENCH_BOOK": "other.csv", "HOME": "/h"}, "", true},
		{"", map[string]string{"BENCH_BOOK": "other.csv", "HOME": "/h"}, "other.csv", true},
		{"", map[string]string{"BENCH_BOOK": "none", "HOME": "/h"}, "", true},
		{"", map[string]string{"XDG_CONFIG_HOME": "/c", "HOME": "/h"}, "/c/bench/prices.csv", false},
		{"", map[string]string{"XDG_CONFIG_HOME": "relative", "HOME": "/h"}, "/h/.config/bench/prices.csv", false},
		{"", nil, "", false},
	} {
		path, said := bookPath(&env{getenv: func(name string) string { return c.env[name] }}, c.flag)
		if path != c.path || said != c.said {
			t.Errorf("%q, %v: %q, %v: want %q, %v", c.flag, c.env, path, said, c.path, c.said)
		}
	}
}

func TestLoadBookDescribes(t *testing.T) {
	home := t.TempDir()
	env := &env{getenv: func(name string) string { return map[string]string{"HOME": home}[name] }}
	if _, described, err := loadBook(env, ""); err != nil || described != "shipped" {
		t.Errorf("%q, %v", described, err)
	}
	path := filepath.Join(home, ".config", "bench", "prices.csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	text := "meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source\n"
	for i, source := range []string{"our contract", "AWS Price List B 1", "AWS Price List A 2", "AWS Price List A 1", "AWS Price List C 1"} {
		text += fmt.Sprintf("alb.hours,xx-%d,2026-01-01,,2026-01-01,2026-06-30,0,Inf,Hours,0.02,,P,%s\n", i, source)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	book, described, err := loadBook(env, "")
	if want := "shipped + prices.csv (A 1, A 2, B 1, 1 more, rates of your own)"; err != nil || described != want {
		t.Errorf("%q, %v: want %q", described, err, want)
	}
	if n := len(book.Regions("alb.hours")); n < 7 {
		t.Errorf("%d Regions", n)
	}
	if _, described, err = loadBook(env, "none"); err != nil || described != "shipped" {
		t.Errorf("%q, %v", described, err)
	}
}
