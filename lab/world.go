package lab

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudfront"
	"frontdoor/world"
)

// legs is what distance adds to the requests of one front: round trips that loopback
// has not. Nothing is added to a front of a lab without distance.
type legs struct {
	opening time.Duration // to the first request of a connection, its set-up included
	open    time.Duration // to a further one
	beyond  time.Duration // to each, from an edge location on to the API's Region

	distance *world.Distance // nil: none is simulated
	region   string          // of the front
}

// legsOf computes the legs of a front, once: what is simulated is the same for every
// request. The viewer sets a connection up with whatever is the front's own, an edge
// location of CloudFront or a Region.
func legsOf(d *world.Distance, s Served) (legs, error) {
	if d == nil {
		return legs{}, nil
	}
	if s.Kind.CloudFront() || s.Gateway.EdgeOptimized {
		return legsOverEdge(d, s)
	}
	region := s.Region
	opening, err := d.Viewer(s.Viewer, region, true)
	if err != nil {
		return legs{}, err
	}
	open, err := d.Viewer(s.Viewer, region, false)
	return legs{opening: opening, open: open, distance: d, region: region}, err
}

// legsOverEdge computes them where the viewer's connection ends at an edge location,
// a last mile away. CloudFront keeps connections to an edge-optimized API open, so
// that its requests pay for one round trip and no set-up.
func legsOverEdge(d *world.Distance, s Served) (l legs, err error) {
	l.distance, l.region = d, s.Region
	if l.opening, err = d.Viewer(s.Viewer, s.Viewer, true); err != nil {
		return legs{}, err
	}
	if l.open, err = d.Viewer(s.Viewer, s.Viewer, false); err != nil || s.Kind.CloudFront() {
		return l, err
	}
	l.beyond, err = d.Between(s.Viewer, s.Region, false)
	return l, err
}

// locate names a front and says where its function runs: at the edge near the viewer,
// when it is known where that is.
func locate(d *world.Distance, f Front) (Served, error) {
	s := name(f)
	if d == nil || !f.Kind.Edge() {
		return s, nil
	}
	var err error
	s.FunctionRegion, err = d.EdgeRegion(f.Viewer)
	return s, err
}

// delayOf is the network between functions and services. Where a Region is not in the
// matrix there is no delay, since there is no table either: those of the scenario are
// in Regions that it has.
func delayOf(c Config) Delay {
	if c.Delay != nil || c.Distance == nil {
		return c.Delay
	}
	return func(from, to string, newConnection bool) time.Duration {
		wait, err := c.Distance.Between(from, to, newConnection)
		if err != nil {
			return 0
		}
		return wait
	}
}

// far serves what is as far away as the legs say. A request arrives late and its
// answer leaves at once: the client's wait is the same as with half of it each way, and
// what the front measures of itself leaves the distance out, as AWS's metrics do.
func (l legs) far(near http.Handler) http.Handler {
	if l == (legs{}) {
		return near
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pause(r.Context(), l.wait(r, firstOfConnection(r))) {
			near.ServeHTTP(w, r)
		}
	})
}

// edgeHeader is how a distribution of the lab tells the front that is its origin where
// it asks from. No function sees it.
const edgeHeader = "X-Lab-Edge-Region"

// wait is how long a request waits: on its way from a viewer, or from the edge location
// of a distribution, whose connections to the front are its own.
func (l legs) wait(r *http.Request, first bool) time.Duration {
	if edge := r.Header.Get(edgeHeader); edge != "" {
		r.Header.Del(edgeHeader)
		wait, err := l.distance.Between(edge, l.region, first)
		if err == nil { // always: both were looked up when the fronts came up
			return wait
		}
	}
	if first {
		return l.opening + l.beyond
	}
	return l.open + l.beyond
}

// farOrigin is an origin that is not where the edge location is, over connections that
// CloudFront keeps open.
type farOrigin struct {
	cloudfront.Origin
	wait time.Duration
}

func (o farOrigin) Fetch(ctx context.Context, r front.Request) (front.Answer, error) {
	if !pause(ctx, o.wait) {
		return front.Answer{}, ctx.Err()
	}
	return o.Origin.Fetch(ctx, r)
}

// location names an edge location as CloudFront does, by the airport near the viewers
// (IAD89-C1); after that stands LAB, which is no number of AWS's.
func (l legs) location(viewer string) string {
	place, err := world.PlaceOf(viewer)
	if l.distance == nil || err != nil {
		return "LAB"
	}
	return place.Location + "-LAB"
}

// away puts the origin of a distribution where it is: a front where the front is,
// which sees to that itself, and a bucket in its Region.
func (l legs) away(o cloudfront.Origin, viewer string) (cloudfront.Origin, error) {
	if o == nil || l.distance == nil {
		return o, nil
	}
	if f, ok := o.(frontOrigin); ok {
		f.edge = viewer
		return f, nil
	}
	region := l.region
	if b, ok := o.(bucketOrigin); ok {
		region = b.region
	}
	wait, err := l.distance.Between(viewer, region, false)
	return farOrigin{o, wait}, err
}

// pause waits, and reports whether ctx let it.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// connectionKey finds in a request's context whether its connection had one before.
type connectionKey struct{}

// withConnection is the http.Server's ConnContext that firstOfConnection needs.
func withConnection(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, new(atomic.Bool))
}

// firstOfConnection reports whether the request is the first of its connection, and
// makes it so that the next one is not.
func firstOfConnection(r *http.Request) bool {
	used, ok := r.Context().Value(connectionKey{}).(*atomic.Bool)
	return ok && !used.Swap(true)
}
