package akamai_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"frontdoor/akamai"
	lab "frontdoor/lab/akamai"
)

// began is when tests begin: in the middle of a second.
var began = time.Date(2026, 11, 29, 2, 0, 0, 400e6, time.UTC)

// config is a customer with one upload account, one API client, and a property
// whose origin is NetStorage.
func config() lab.Config {
	return lab.Config{
		Clock:   lab.NewManual(began),
		Storage: lab.StorageConfig{Account: "UploadAccountMedia", Key: "abcdefghij", CPCodes: []string{"832468"}},
		Purge: lab.PurgeConfig{
			ClientToken: "akab-client", AccessToken: "akab-access", ClientSecret: "secret=",
			CPCodes: []int{832468}, Hosts: []string{"www.example.com"},
		},
		Edge: lab.EdgeConfig{Host: "www.example.com", CPCode: 832468, Edges: 2, Parents: 1, TTL: 48 * time.Hour, Folder: "/832468"},
	}
}

// customer is what a customer has in hands: the lab, its clock, and clients of it.
type customer struct {
	*lab.Lab
	t     *testing.T
	clock *lab.Manual
	store akamai.NetStorage
	purge akamai.FastPurge
}

func start(t *testing.T, c lab.Config) *customer {
	t.Helper()
	l, err := lab.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	clock := c.Clock.(*lab.Manual)
	return &customer{
		Lab: l, t: t, clock: clock,
		store: akamai.NetStorage{URL: l.StorageURL(), Account: "UploadAccountMedia", Key: "abcdefghij", Now: clock.Now},
		purge: akamai.FastPurge{URL: l.PurgeURL(), ClientToken: "akab-client", AccessToken: "akab-access", ClientSecret: "secret="},
	}
}

// read is a viewer at an edge cache.
func (c *customer) read(url, path string) (status int, body, cache string) {
	c.t.Helper()
	resp, err := http.Get(url + path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header.Get("X-Cache")
}

// sees fails unless a viewer at edge cache i gets the body.
func (c *customer) sees(i int, body string) {
	c.t.Helper()
	if status, got, _ := c.read(c.EdgeURL(i), "/report.csv"); status != 200 || got != body {
		c.t.Errorf("edge %d: %d %q, want %q", i, status, got, body)
	}
}
