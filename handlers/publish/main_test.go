package publish_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"frontdoor/akamai"
	"frontdoor/handlers/publish"
	lab "frontdoor/lab/akamai"
	"frontdoor/lab/bucket"
	"frontdoor/lab/function"
)

// TestMain makes the test binary the function's bootstrap, as bench is.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	runtime.GOMAXPROCS(1)
	if err := publish.Serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// world is the whole of option B: a bucket, Akamai, and the function between them.
type world struct {
	*lab.Lab
	t        *testing.T
	clock    *lab.Manual
	bucket   *bucket.Bucket
	function *function.Function
	purge    akamai.FastPurge // of a person who purges by hand
	tmp      string

	mu     sync.Mutex
	billed int64 // ms
	runs   int
}

// begin starts everything. change may alter what Akamai is, and the environment;
// events are those that the bucket notifies of.
func begin(t *testing.T, form publish.Form, change func(*lab.Config, map[string]string), events ...string) *world {
	t.Helper()
	w := &world{t: t, clock: lab.NewManual(time.Now().Truncate(time.Second)), tmp: t.TempDir()}
	var err error
	if w.bucket, err = bucket.Start(w.clock.Now, events...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.bucket.Close() })
	cfg := lab.Config{
		Clock: w.clock, Signed: time.Now,
		Storage: lab.StorageConfig{Account: "UploadAccountMedia", Key: "abcdefghij", CPCodes: []string{"832468"}},
		Purge:   lab.PurgeConfig{ClientToken: "akab-client", AccessToken: "akab-access", ClientSecret: "secret=", CPCodes: []int{832468}, Hosts: []string{"www.example.com"}},
		Edge:    lab.EdgeConfig{Host: "www.example.com", CPCode: 832468, Edges: 2, TTL: 48 * time.Hour, Folder: "/832468"},
	}
	env := map[string]string{
		"PUBLISH_FORM": string(form), "PUBLISH_HOST": "www.example.com", "PUBLISH_TMP": w.tmp,
		"S3_Bucket": "reports", "S3_PATH": "data", "S3_File": "report.csv",
		"NS_KEYNAME": "UploadAccountMedia", "NS_KEY": "abcdefghij", "NS_CP": "832468",
		"AO_CLIENT_TOKEN": "akab-client", "AO_ACCESS_TOKEN": "akab-access", "AO_CLIENT_SECRET": "secret=",
		"AWS_ENDPOINT_URL_S3": w.bucket.URL(), "AWS_ACCESS_KEY_ID": "lab", "AWS_SECRET_ACCESS_KEY": "lab", "AWS_REGION": "us-east-1",
	}
	if change != nil {
		change(&cfg, env)
	}
	timeout := 30 * time.Second
	if text, ok := env["TIMEOUT"]; ok {
		delete(env, "TIMEOUT")
		var err error
		if timeout, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	if cfg.Edge.Origin == "s3" {
		cfg.Edge.Origin = w.bucket.URL() + "/reports"
	}
	if w.Lab, err = lab.Start(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Lab.Close() })
	env["NS_HOSTNAME"], env["AO_API_HOST"] = w.StorageURL(), w.PurgeURL()
	w.purge = akamai.FastPurge{URL: w.PurgeURL(), ClientToken: "akab-client", AccessToken: "akab-access", ClientSecret: "secret="}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w.function, err = function.New(function.Config{
		Name: "publish", Region: "us-east-1", ARN: "arn:aws:lambda:us-east-1:123456789012:function:publish", Version: "$LATEST",
		MemoryMB: 128, Timeout: timeout, Handler: "publish", Command: []string{self}, Environment: env, Concurrency: 4,
		LogDir: t.TempDir(), Observe: w.observe,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.function.Close)
	return w
}

func (w *world) observe(i function.Invocation) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.runs++
	w.billed += i.Billed
}

// notify runs the function as S3 does, asynchronously: Lambda's waits pass on the
// lab's clock.
func (w *world) notify(event []byte) []function.Result {
	w.t.Helper()
	results := w.async(event)
	w.function.Settle()
	return results
}

// async is notify while the function may run for another event too.
func (w *world) async(event []byte) []function.Result {
	results, err := w.function.Async(w.t.Context(), event, func(_ context.Context, d time.Duration) error {
		w.clock.Advance(d)
		return nil
	})
	if err != nil {
		w.t.Error(err)
	}
	return results
}

// put stores an object and returns S3's notification of it.
func (w *world) put(key, body string) []byte {
	w.t.Helper()
	notification, err := w.bucket.Put(key, []byte(body))
	if err != nil {
		w.t.Fatal(err)
	}
	return notification
}

// inParts uploads an object in parts, with AWS's SDK.
func (w *world) inParts(key, body string) {
	w.t.Helper()
	client := s3.New(s3.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(w.bucket.URL()), UsePathStyle: true,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "lab", SecretAccessKey: "lab"}, nil
		}),
	})
	ctx, name := w.t.Context(), aws.String(bucket.Name)
	begun, err := client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: name, Key: &key})
	if err != nil {
		w.t.Fatal(err)
	}
	part, err := client.UploadPart(ctx, &s3.UploadPartInput{Bucket: name, Key: &key, UploadId: begun.UploadId, PartNumber: aws.Int32(1), Body: strings.NewReader(body)})
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = client.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: name, Key: &key, UploadId: begun.UploadId,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: []types.CompletedPart{{ETag: part.ETag, PartNumber: aws.Int32(1)}}},
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// change puts the next version of the report and runs the function for it.
func (w *world) change(body string) []function.Result {
	w.t.Helper()
	return w.notify(w.put("data/report.csv", body))
}

// sees fails unless a viewer gets the body from the URL.
func (w *world) sees(url, path, body string) {
	w.t.Helper()
	resp, err := http.Get(url + path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 || string(got) != body {
		w.t.Errorf("%s: %d %q, %v, want %q", path, resp.StatusCode, got, err, body)
	}
}

// billed fails unless so many invocations were billed, each with a duration.
func (w *world) bills(runs int) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.runs != runs || w.billed < int64(runs) {
		w.t.Errorf("%d invocations of %d ms were billed, want %d", w.runs, w.billed, runs)
	}
}

// asked fails unless S3 served so many objects, NetStorage was sent so many files, the
// notes of the repaired handler among them, and Fast Purge accepted so many requests:
// the meters that the bill is made of.
func (w *world) asked(gets, uploads, purges int) {
	w.t.Helper()
	g, u, p := w.bucket.Meters().Gets, w.Storage.Meters().Uploads, w.Purge.Meters().Accepted
	if g != gets || u != uploads || p != purges {
		w.t.Errorf("%d GETs, %d uploads and %d purges are billed, want %d, %d and %d", g, u, p, gets, uploads, purges)
	}
}

// done is the repaired handler's result of one record.
func (w *world) done(r function.Result) publish.Done {
	w.t.Helper()
	var all []publish.Done
	if r.Error != nil || json.Unmarshal(r.Payload, &all) != nil || len(all) != 1 {
		w.t.Fatalf("%s, %v", r.Payload, r.Error)
	}
	return all[0]
}

// step is one of the published handler's results.
type step struct {
	Status int
	Body   string
}

func (w *world) steps(r function.Result) (upload, purge step) {
	w.t.Helper()
	var all struct{ NetStorageUpload, PurgeRequest step }
	if r.Error != nil || json.Unmarshal(r.Payload, &all) != nil {
		w.t.Fatalf("%s, %v", r.Payload, r.Error)
	}
	return all.NetStorageUpload, all.PurgeRequest
}
