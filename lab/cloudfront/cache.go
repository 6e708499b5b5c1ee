package cloudfront

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"frontdoor/front"
)

// object is an answer in the cache.
type object struct {
	answer  front.Answer
	stored  time.Time // or last found unchanged
	expires time.Time
	page    bool // a custom error page
}

func (o *object) fresh(now time.Time) bool { return o != nil && now.Before(o.expires) }

// validator reports whether the origin can say that the object is unchanged.
func (o *object) validator() bool {
	return o != nil && o.answer.Status < 400 && (o.answer.Header.Get("ETag") != "" || o.answer.Header.Get("Last-Modified") != "")
}

// aged is the answer with the seconds that it has been in the cache.
func (o *object) aged(now time.Time) front.Answer {
	a := o.answer
	a.Header = set(a.Header, "Age", strconv.Itoa(int(now.Sub(o.stored)/time.Second)))
	return a
}

// store holds the objects of one location. Nothing is evicted: a lab's objects are few.
type store struct {
	mu      sync.Mutex
	objects map[string]*object
	flights map[string]chan struct{} // keys that somebody is fetching; closed when he is done
}

func newStore() *store {
	return &store{objects: map[string]*object{}, flights: map[string]chan struct{}{}}
}

func (s *store) get(key string) *object {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.objects[key]
}

func (s *store) put(key string, o *object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[key] = o
}

// board takes a key to fetch. Where somebody fetches it already there is a channel to
// wait on instead.
func (s *store) board(key string) (wait <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, busy := s.flights[key]; busy {
		return c
	}
	s.flights[key] = make(chan struct{})
	return nil
}

func (s *store) land(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.flights[key])
	delete(s.flights, key)
}

// set is a header with one field of a name.
func set(h front.Header, name, value string) front.Header {
	h = slices.DeleteFunc(slices.Clone(h), func(f front.Field) bool { return equalFold(f.Name, name) })
	return append(h, front.Field{Name: name, Value: value})
}

// merged is a header with the fields of another in the place of its own of these names.
func merged(h, over front.Header) front.Header {
	h = slices.DeleteFunc(slices.Clone(h), func(f front.Field) bool { return len(over.Values(f.Name)) > 0 })
	return append(h, over...)
}
