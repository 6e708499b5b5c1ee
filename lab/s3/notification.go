package s3

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
)

// The events of objects that come in. An upload in parts is not a put: a notification
// of ObjectCreated:Put alone does not hear of it.
const (
	eventPut      = "ObjectCreated:Put"
	eventComplete = "ObjectCreated:CompleteMultipartUpload"
)

// Notification is what a bucket tells somebody of:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
type Notification struct {
	ID             string
	Events         []string // "s3:ObjectCreated:*", "s3:ObjectCreated:Put"
	Prefix, Suffix string   // of keys
	// Deliver is called with the event, one at a time and from a goroutine of the
	// storage: who put the object does not wait for it.
	Deliver func(event []byte)
}

// Delivery is how notifications arrive. AWS promises at least once and no order
// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html);
// the zero value is once and in order, as is usual.
type Delivery struct {
	Duplicates int // how often each event comes again
	Reverse    int // so many events are held back and delivered the last first; 0 and 1 are none
}

// SetDelivery changes how further notifications arrive.
func (s *Storage) SetDelivery(d Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delivery = d
	s.release()
}

// Settle waits until every notification so far has been delivered, those held back
// included.
func (s *Storage) Settle() {
	s.mu.Lock()
	s.release()
	s.mu.Unlock()
	s.queue.settle()
}

// delivery is an event on its way.
type delivery struct {
	event   []byte
	deliver func([]byte)
}

// notify tells whoever wants to know of an object. Call it with the lock.
func (s *Storage) notify(b *bucket, o *object, name string) {
	s.sequencer++
	for _, n := range b.Notifications {
		if n.wants(o.Key, name) {
			s.held = append(s.held, delivery{s.event(b, o, name, n.ID), n.Deliver})
		}
	}
	if len(s.held) >= s.delivery.Reverse {
		s.release()
	}
}

// release sends what was held back, the last first where there is more than one.
func (s *Storage) release() {
	for i := len(s.held) - 1; i >= 0; i-- {
		at := i
		if s.delivery.Reverse < 2 {
			at = len(s.held) - 1 - i
		}
		for range 1 + s.delivery.Duplicates {
			s.queue.add(s.held[at])
		}
	}
	s.held = nil
}

func (n Notification) wants(key, name string) bool {
	if !strings.HasPrefix(key, n.Prefix) || !strings.HasSuffix(key, n.Suffix) {
		return false
	}
	for _, e := range n.Events {
		e = strings.TrimPrefix(e, "s3:")
		if stem, all := strings.CutSuffix(e, "*"); e == name || all && strings.HasPrefix(name, stem) {
			return true
		}
	}
	return false
}

// event is the message, in the structure of version 2.1:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html.
// Keys are encoded as in a query. Sequencers of one key order its events: as
// hexadecimal numbers, of equal length here.
func (s *Storage) event(b *bucket, o *object, name, id string) []byte {
	owner := map[string]string{"principalId": "A3NL1KOZZKExample"}
	message, _ := json.Marshal(map[string]any{"Records": []any{map[string]any{ // texts and numbers alone
		"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": b.Region, "eventName": name,
		"eventTime":         s.now().UTC().Format("2006-01-02T15:04:05.000Z"),
		"userIdentity":      owner,
		"requestParameters": map[string]string{"sourceIPAddress": "127.0.0.1"},
		"responseElements":  map[string]string{"x-amz-request-id": rand.Text()[:16], "x-amz-id-2": rand.Text()},
		"s3": map[string]any{
			"s3SchemaVersion": "1.0", "configurationId": id,
			"bucket": map[string]any{"name": b.Name, "ownerIdentity": owner, "arn": "arn:aws:s3:::" + b.Name},
			"object": map[string]any{
				"key": strings.ReplaceAll(url.QueryEscape(o.Key), "%2F", "/"), "size": len(o.Body),
				"eTag": strings.Trim(o.etag, `"`), "sequencer": fmt.Sprintf("%018X", s.sequencer),
			},
		},
	}}})
	return message
}

// queue delivers one event after the other while there are any.
type queue struct {
	mu      sync.Mutex
	idle    sync.Cond
	waiting []delivery
	running bool
}

func (q *queue) add(d delivery) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, d)
	if !q.running {
		q.running = true
		go q.run()
	}
}

func (q *queue) run() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waiting) > 0 {
		d := q.waiting[0]
		q.waiting = q.waiting[1:]
		q.mu.Unlock()
		d.deliver(d.event)
		q.mu.Lock()
	}
	q.running = false
	q.idle.Broadcast()
}

func (q *queue) settle() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.running {
		q.idle.Wait()
	}
}
