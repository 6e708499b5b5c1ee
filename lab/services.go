package lab

import (
	"errors"
	"net"
	"net/http"
	"time"

	"frontdoor/lab/dynamodb"
	"frontdoor/lab/s3"
	"frontdoor/lab/sigv4"
)

// Delay is the network between two places: what a request from one Region to another
// takes there and back beside the work itself, with the setting up of its connection
// where that is new. Nil is none.
type Delay func(from, to string, newConnection bool) time.Duration

// services are what the functions call: AWS's data stores, in the Regions of their
// tables and buckets. Every front has listeners of its own, so that the lab knows where a call
// comes from and whose bill it is on.
type services struct {
	database  *dynamodb.Database
	storage   *s3.Storage
	delay     Delay
	counters  *counters
	endpoints []endpoint
}

// endpoint is a service as one front's function sees it.
type endpoint struct {
	server   *http.Server
	listener net.Listener
}

func newServices(c Config, counters *counters) (*services, error) {
	// A write that no front makes, of a timeline, is on no front's bill.
	own := (&services{counters: counters}).meter("")
	database, err := dynamodb.New(dynamodb.Config{Tables: c.Tables, Meter: own})
	if err != nil {
		return nil, err
	}
	storage, err := s3.New(s3.Config{Buckets: c.Buckets})
	if err != nil {
		return nil, err
	}
	return &services{database: database, storage: storage, delay: delayOf(c), counters: counters}, nil
}

// serve opens the services to a front's function, which learns of them as AWS's SDKs
// do everywhere: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
// They are there without tables and buckets too: a function of the lab never calls AWS itself.
func (s *services) serve(f Served) (variables map[string]string, err error) {
	tables, err := s.open(f, sigv4.Region, s.database.Handler(s.meter(f.ID)))
	if err != nil {
		return nil, err
	}
	buckets, err := s.open(f, s.storage.RegionOf, s.storage.Handler(s.meter(f.ID)))
	return map[string]string{"AWS_ENDPOINT_URL_DYNAMODB": tables, "AWS_ENDPOINT_URL_S3": buckets}, err
}

// serveTables opens the tables to who is no front: a write of theirs is on no front's
// bill, and they are as near as the loopback.
func (s *services) serveTables() (url string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: s.database.Handler(s.meter("")), ReadHeaderTimeout: 10 * time.Second}
	s.endpoints = append(s.endpoints, endpoint{server, l})
	go server.Serve(l)
	return "http://" + l.Addr().String(), nil
}

// meter counts for a front.
func (s *services) meter(front string) func(name, region string, n float64) {
	return func(name, region string, n float64) { s.counters.count(front, name, region, n) }
}

// open serves one service to a front's function; place tells in which Region a request
// is answered.
func (s *services) open(f Served, place func(*http.Request) string, service http.Handler) (url string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	from := f.FunctionRegion
	server := &http.Server{Handler: s.distant(from, place, s.transferred(f.ID, from, place, service)), ReadHeaderTimeout: 10 * time.Second, ConnContext: withConnection}
	s.endpoints = append(s.endpoints, endpoint{server, l})
	go server.Serve(l)
	return "http://" + l.Addr().String(), nil
}

// distant lets a request wait for as long as the network would take.
func (s *services) distant(from string, place func(*http.Request) string, service http.Handler) http.Handler {
	if s.delay == nil {
		return service
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pause(r.Context(), s.delay(from, place(r), firstOfConnection(r))) {
			service.ServeHTTP(w, r)
		}
	})
}

func (s *services) close() error {
	var errs []error
	for _, e := range s.endpoints {
		errs = append(errs, closeServer(e.server, e.listener))
	}
	return errors.Join(errs...)
}
