package s3

import (
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Config is what a storage holds.
type Config struct {
	Buckets []Bucket
	Now     func() time.Time // nil: time.Now
}

// Bucket describes a bucket.
type Bucket struct {
	Name          string
	Region        string
	MayList       bool // callers have s3:ListBucket: a key that is not there is 404 for them
	Objects       []Object
	Notifications []Notification
}

// Object is an object as it is put.
type Object struct {
	Key    string
	Body   []byte
	Header http.Header // Content-Type, Cache-Control and their kin, and x-amz-meta-*
}

// Storage is buckets. It is safe for concurrent use.
type Storage struct {
	now   func() time.Time
	queue queue

	mu        sync.Mutex
	buckets   map[string]*bucket
	uploads   map[string]*upload // by id
	delivery  Delivery
	held      []delivery
	sequencer int64
}

// bucket is a bucket with what is in it.
type bucket struct {
	Bucket
	objects map[string]*object
}

// object is an object that is stored. It is never changed.
type object struct {
	Object
	etag     string // in its quotes
	modified time.Time
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// maxKey is a key's bytes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const maxKey = 1024

// New makes a storage. Objects of its Config raise no notifications. The error names
// a bucket that cannot be.
func New(c Config) (*Storage, error) {
	s := &Storage{now: c.Now, buckets: map[string]*bucket{}, uploads: map[string]*upload{}}
	if s.now == nil {
		s.now = time.Now
	}
	s.queue.idle.L = &s.queue.mu
	for _, config := range c.Buckets {
		if err := s.create(config); err != nil {
			return nil, fmt.Errorf("bucket %q: %w", config.Name, err)
		}
	}
	return s, nil
}

func (s *Storage) create(config Bucket) error {
	switch {
	case !bucketName.MatchString(config.Name):
		return errors.New("want a name of 3 to 63 small letters, digits, dots and hyphens")
	case config.Region == "":
		return errors.New("want a Region")
	case s.buckets[config.Name] != nil:
		return errors.New("the name is taken: names are AWS's own over all Regions")
	}
	b := &bucket{config, map[string]*object{}}
	for _, o := range config.Objects {
		if o.Key == "" || len(o.Key) > maxKey {
			return fmt.Errorf("object %q: want a key of 1 to %d bytes", o.Key, maxKey)
		}
		b.objects[o.Key] = s.stored(o)
	}
	s.buckets[config.Name] = b
	return nil
}

// stored is an object that was put in one piece: its ETag is the MD5 of its body
// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html), and it was modified
// on a whole second, as S3 tells it.
func (s *Storage) stored(o Object) *object {
	sum := md5.Sum(o.Body)
	return &object{o, `"` + hex.EncodeToString(sum[:]) + `"`, s.now().UTC().Truncate(time.Second)}
}

// Put puts an object as a caller of PutObject does, notifications included.
func (s *Storage) Put(bucket string, o Object) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.buckets[bucket]
	if b == nil {
		return noSuchBucket(bucket)
	}
	if o.Key == "" || len(o.Key) > maxKey {
		return keyTooLong()
	}
	s.keep(b, s.stored(o), eventPut)
	return nil
}

// keep stores an object and notifies of it.
func (s *Storage) keep(b *bucket, o *object, event string) {
	b.objects[o.Key] = o
	s.notify(b, o, event)
}

// Get is an object with the time of its last change; false when it is not there.
func (s *Storage) Get(bucket, key string) (o Object, modified time.Time, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.buckets[bucket]; b != nil && b.objects[key] != nil {
		return b.objects[key].Object, b.objects[key].modified, true
	}
	return Object{}, time.Time{}, false
}

// RegionOf is where the bucket of a request is, "" when there is none.
func (s *Storage) RegionOf(r *http.Request) string {
	name, _ := split(r)
	return s.Region(name)
}

// Region is where a bucket is, "" when there is none of the name.
func (s *Storage) Region(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.buckets[name]; b != nil {
		return b.Region
	}
	return ""
}

// split is the bucket and the key of a request.
func split(r *http.Request) (bucket, key string) {
	bucket, key, _ = strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return bucket, key
}
