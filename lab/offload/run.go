package offload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"frontdoor/akamai"
	labakamai "frontdoor/lab/akamai"
	"frontdoor/lab/bucket"
	"frontdoor/lab/function"
)

// Config says what to run.
type Config struct {
	Command    []string // the function's bootstrap: it serves the publish handler
	LogDir     string   // of the functions
	Changes    int
	ObjectSize int
	Edges      int
	Parents    int
	MemoryMB   int
	PurgeTakes time.Duration
	RetryWait  time.Duration
	TTL        time.Duration                   // of the edges' copies; 0 is 48 hours
	Progress   func(option string, change int) // before each change; nil is allowed
}

// Names lists the options that run on loopback, in order: those that differ in what
// they do and not only in when.
func Names() []string { return []string{"a", "b-head", "b-published", "b"} }

// The names and secrets of the emulated account. They are those of documents, and open nothing.
const (
	account = "UploadAccountMedia"
	key     = "abcdefghij"
	cpCode  = 832468
	host    = "www.example.com"
	client  = "akab-client-token"
	access  = "akab-access-token"
	secret  = "akab-client-secret="
	object  = "data/report.csv"
)

// Run runs every option, one after the other. A cancelled context ends it with what
// was observed until then.
func Run(ctx context.Context, c Config) (*Observed, error) {
	o := &Observed{Source: "lab", ObjectSize: c.ObjectSize, Edges: c.Edges, Parents: c.Parents, PurgeTakes: c.PurgeTakes, RetryWait: c.RetryWait}
	for _, name := range Names() {
		s, err := open(c, name)
		if err != nil {
			return o, fmt.Errorf("option %s: %w", name, err)
		}
		err = s.run(ctx)
		o.Options = append(o.Options, s.observed())
		if err = errors.Join(err, s.close()); err != nil {
			return o, fmt.Errorf("option %s: %w", name, err)
		}
	}
	return o, nil
}

// stage is one option with everything it talks to.
type stage struct {
	c        Config
	option   Option
	akamai   *labakamai.Lab
	bucket   *bucket.Bucket
	function *function.Function // nil in option a
	purger   akamai.FastPurge   // of option a's job
	version  int
	age      time.Duration // of what is put into S3

	mu     sync.Mutex
	billed map[string]int64 // ms, by request id
}

func open(c Config, name string) (_ *stage, err error) {
	s := &stage{c: c, option: Option{Option: name}, billed: map[string]int64{}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if s.bucket, err = bucket.Start(s.now); err != nil {
		return nil, err
	}
	edge := labakamai.EdgeConfig{Host: host, CPCode: cpCode, Edges: c.Edges, Parents: c.Parents, TTL: cmp.Or(c.TTL, 48*time.Hour), ShortTTL: true, Folder: fmt.Sprintf("/%d", cpCode)}
	if name == "a" {
		edge.Origin = s.bucket.URL() + "/" + bucket.Name
	}
	s.akamai, err = labakamai.Start(labakamai.Config{
		Storage: labakamai.StorageConfig{Account: account, Key: key, CPCodes: []string{fmt.Sprint(cpCode)}},
		Purge:   labakamai.PurgeConfig{ClientToken: client, AccessToken: access, ClientSecret: secret, CPCodes: []int{cpCode}, Hosts: []string{host}, Estimated: c.PurgeTakes},
		Edge:    edge,
	})
	if err != nil {
		return nil, err
	}
	s.purger = akamai.FastPurge{URL: s.akamai.PurgeURL(), ClientToken: client, AccessToken: access, ClientSecret: secret}
	if form, ok := map[string]string{"b-head": "head", "b-published": "published", "b": "repaired"}[name]; ok {
		err = s.deploy(form)
	}
	return s, err
}

// deploy makes the function.
func (s *stage) deploy(form string) (err error) {
	s.function, err = function.New(function.Config{
		Name: "bench-publish-" + form, Region: "us-east-1", Version: "$LATEST", MemoryMB: s.c.MemoryMB, Timeout: 30 * time.Second,
		ARN:     "arn:aws:lambda:us-east-1:123456789012:function:bench-publish-" + form,
		Handler: "publish", Command: s.c.Command, Concurrency: 4, Observe: s.observe,
		LogDir:      filepath.Join(s.c.LogDir, "aws", "lambda", "bench-publish-"+form),
		Environment: s.environment(form),
	})
	return err
}

// environment is what the handler is told.
func (s *stage) environment(form string) map[string]string {
	return map[string]string{
		"PUBLISH_FORM": form, "PUBLISH_HOST": host, "PUBLISH_TMP": s.c.LogDir,
		"S3_Bucket": bucket.Name, "S3_PATH": filepath.Dir(object), "S3_File": filepath.Base(object),
		"NS_HOSTNAME": s.akamai.StorageURL(), "NS_KEYNAME": account, "NS_KEY": key, "NS_CP": fmt.Sprint(cpCode),
		"AO_API_HOST": s.akamai.PurgeURL(), "AO_CLIENT_TOKEN": client, "AO_ACCESS_TOKEN": access, "AO_CLIENT_SECRET": secret,
		"AWS_ENDPOINT_URL_S3": s.bucket.URL(), "AWS_ACCESS_KEY_ID": "lab", "AWS_SECRET_ACCESS_KEY": "lab", "AWS_REGION": "us-east-1",
	}
}

func (s *stage) observe(i function.Invocation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.billed[i.RequestID] = i.Billed
	s.option.Invocations++
	s.option.BilledMS += i.Billed
}

// run puts the first version where viewers find it, then changes it, and at last
// invalidates without a change.
func (s *stage) run(ctx context.Context) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	for i := range s.c.Changes {
		if s.c.Progress != nil {
			s.c.Progress(s.option.Option, i+1)
		}
		change, err := s.change(ctx)
		s.option.Changes = append(s.option.Changes, change)
		if err != nil {
			return err
		}
	}
	if s.function == nil {
		return s.idle(ctx)
	}
	return nil
}

// now is S3's time.
func (s *stage) now() time.Time { return time.Now().Add(-s.age) }

// begin puts version 0 into S3 and, by hand, into NetStorage, and has every edge hold
// it. It is an hour old: two versions of one second are one to a cache.
func (s *stage) begin(ctx context.Context) error {
	s.age = time.Hour
	defer func() { s.age = 0 }()
	if _, err := s.bucket.Put(object, s.body()); err != nil {
		return err
	}
	if s.function != nil {
		store := akamai.NetStorage{URL: s.akamai.StorageURL(), Account: account, Key: key}
		if err := store.Upload(ctx, fmt.Sprintf("/%d/%s", cpCode, object), s.body(), time.Time{}); err != nil {
			return err
		}
	}
	for i := range s.c.Edges {
		if fresh, err := s.read(ctx, i); err != nil || !fresh {
			return fmt.Errorf("edge %d has not the first version: %w", i, err)
		}
	}
	return nil
}

// body is the object of the current version.
func (s *stage) body() []byte {
	b := make([]byte, s.c.ObjectSize)
	copy(b, fmt.Sprintf("version %d\n", s.version))
	return b
}

// read is a viewer at an edge; fresh when he gets the current version.
func (s *stage) read(ctx context.Context, edge int) (fresh bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.akamai.EdgeURL(edge)+"/"+object, nil)
	if err != nil {
		return false, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("edge %d: status %d", edge, resp.StatusCode)
	}
	return err == nil && string(body) == string(s.body()), err
}

func (s *stage) observed() Option {
	o := s.option
	o.S3 = s.bucket.Meters()
	storage, purges, edges := s.akamai.Storage.Meters(), s.akamai.Purge.Meters(), s.akamai.Production.Meters()
	o.NetStorage = NetStorage{storage.Calls, storage.Refused, storage.Uploads, storage.UploadedBytes}
	o.Purges = Purges{purges.Requests, purges.Accepted, purges.Throttled, purges.Refused}
	o.OriginFull, o.OriginSame, o.OriginOther, o.EdgeRequests = edges.Origin200, edges.Origin304, edges.OriginOther, edges.Requests
	return o
}

func (s *stage) close() error {
	var errs []error
	if s.function != nil {
		s.function.Close()
	}
	if s.akamai != nil {
		errs = append(errs, s.akamai.Close())
	}
	if s.bucket != nil {
		errs = append(errs, s.bucket.Close())
	}
	return errors.Join(errs...)
}
