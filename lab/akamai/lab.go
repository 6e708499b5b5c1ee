package akamai

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Config is one customer's Akamai.
type Config struct {
	Clock Clock // nil is Wall
	// Signed is the time that signatures are held against; nil is Clock's. Clients are
	// processes with the machine's clock, which a lab that jumps ahead leaves behind.
	Signed  func() time.Time
	Storage StorageConfig
	Purge   PurgeConfig
	Edge    EdgeConfig
}

// Lab is Akamai on loopback.
type Lab struct {
	Storage    *Storage
	Purge      *FastPurge
	Production *Edge
	Staging    *Edge

	storageURL, purgeURL string
	production, staging  []string
	servers              []*http.Server
	listeners            []net.Listener
}

// Start brings everything up on 127.0.0.1. On an error nothing is left running.
func Start(c Config) (_ *Lab, err error) {
	if err := c.Edge.check(); err != nil {
		return nil, err
	}
	if c.Clock == nil {
		c.Clock = Wall{}
	}
	if c.Signed == nil {
		c.Signed = c.Clock.Now
	}
	l := &Lab{Storage: newStorage(c.Storage, c.Clock)}
	l.Storage.signed = c.Signed
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	var delivery [replicas]string
	for i := range delivery {
		if delivery[i], err = l.serve(l.Storage.Delivery(i)); err != nil {
			return nil, err
		}
	}
	origins := func(i int) string {
		if c.Edge.Origin != "" {
			return c.Edge.Origin
		}
		return delivery[i%replicas] + c.Edge.Folder
	}
	l.Production, l.Staging = newEdge(c.Edge, c.Clock, origins), newEdge(c.Edge, c.Clock, origins)
	l.Purge = newFastPurge(c.Purge, c.Clock, l.apply)
	l.Purge.signed = c.Signed
	if l.storageURL, err = l.serve(l.Storage); err != nil {
		return nil, err
	}
	if l.purgeURL, err = l.serve(l.Purge); err != nil {
		return nil, err
	}
	for i := range c.Edge.Edges {
		for urls, e := range map[*[]string]*Edge{&l.production: l.Production, &l.staging: l.Staging} {
			url, err := l.serve(e.Cache(i))
			if err != nil {
				return nil, err
			}
			*urls = append(*urls, url)
		}
	}
	return l, nil
}

// apply hands a purge to the network that it names.
func (l *Lab) apply(p purge) {
	if p.network == "staging" {
		l.Staging.purge(p)
	} else {
		l.Production.purge(p)
	}
}

// serve listens on loopback and returns the base URL.
func (l *Lab) serve(h http.Handler) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("listen for Akamai: %w", err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	l.servers, l.listeners = append(l.servers, server), append(l.listeners, listener)
	go server.Serve(listener)
	return "http://" + listener.Addr().String(), nil
}

// StorageURL is the HTTP API of NetStorage, PurgeURL that of Fast Purge.
func (l *Lab) StorageURL() string { return l.storageURL }

// PurgeURL is the API of Fast Purge.
func (l *Lab) PurgeURL() string { return l.purgeURL }

// EdgeURL is edge cache number i of the production network.
func (l *Lab) EdgeURL(i int) string { return l.production[i] }

// StagingURL is edge cache number i of the staging network.
func (l *Lab) StagingURL(i int) string { return l.staging[i] }

// Close ends every listener.
func (l *Lab) Close() error {
	var errs []error
	for i, s := range l.servers {
		errs = append(errs, s.Close())
		_ = l.listeners[i].Close() // mostly closed by then
	}
	return errors.Join(errs...)
}
