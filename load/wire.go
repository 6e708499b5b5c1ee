package load

import (
	"context"
	"net"
	"net/http"
	"net/url"
)

// wire carries the requests to one host.
type wire interface {
	http.RoundTripper
	CloseIdleConnections()
}

var (
	_ wire = (*http.Transport)(nil)
	_ wire = (*shared)(nil)
)

// wires are what a trial's requests go over, by the host of their URL; "" is for all
// others.
func wires(ctx context.Context, plan *Plan, d *dialer) map[string]wire {
	transport := transportOf(plan, d)
	transport.MaxConnsPerHost, transport.MaxIdleConnsPerHost = plan.Connections, plan.Connections
	byHost := map[string]wire{"": transport}
	for _, r := range plan.Requests {
		u, err := url.Parse(r.URL)
		switch {
		case err != nil || byHost[u.Host] != nil:
		case plan.HTTP3 && u.Scheme == "https":
			byHost[u.Host] = newOverQUIC(d)
		case plan.HTTP2 && u.Scheme == "https":
			byHost[u.Host] = newShared(ctx, transportOf(plan, d), addressOf(u), plan)
		}
	}
	return byHost
}

func transportOf(plan *Plan, d *dialer) *http.Transport {
	return &http.Transport{
		DialContext:        d.dial,
		DialTLSContext:     d.dialTLS,
		DisableKeepAlives:  !plan.KeepAlive,
		DisableCompression: true,
		ForceAttemptHTTP2:  plan.HTTP2,
	}
}

// addressOf is where an https URL leads to, with its port.
func addressOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "443"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// wire is what leads to a host.
func (c *client) wire(host string) wire {
	if w, ok := c.wires[host]; ok {
		return w
	}
	return c.wires[""]
}

// close ends the connections that no request is on.
func (c *client) close() {
	for _, w := range c.wires {
		w.CloseIdleConnections()
	}
}
