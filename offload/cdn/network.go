package cdn

import (
	"context"
	"time"
)

// Network is edge caches over parent caches: edge i asks parent i mod K. Without
// parents every edge asks the origin.
type Network struct {
	edges, parents []*Cache
}

// Config describes a network.
type Config struct {
	Edges      int // at least 1
	Parents    int // 0: no tier between the edges and the origin
	TTL        time.Duration
	ServeStale bool
	// Origin gives what the topmost cache number i asks: parent i, or edge i where
	// there are no parents.
	Origin func(i int) Origin
}

// New builds a network with empty caches.
func New(c Config) *Network {
	n := &Network{}
	for i := range c.Parents {
		n.parents = append(n.parents, &Cache{TTL: c.TTL, ServeStale: c.ServeStale, Origin: c.Origin(i)})
	}
	for i := range c.Edges {
		edge := &Cache{TTL: c.TTL, ServeStale: c.ServeStale}
		if c.Parents > 0 {
			edge.Origin = n.parents[i%c.Parents]
		} else {
			edge.Origin = c.Origin(i)
		}
		n.edges = append(n.edges, edge)
	}
	return n
}

// Edges is the number of edge caches.
func (n *Network) Edges() int { return len(n.edges) }

// Read is a viewer's request at one edge.
func (n *Network) Read(ctx context.Context, now time.Time, edge int, key string) (Answer, error) {
	return n.edges[edge].Get(ctx, now, key, nil)
}

// Invalidate marks the copies of every key that matches stale, parents first: an
// edge that asks at once must not be told by its parent that nothing changed.
func (n *Network) Invalidate(match func(key string) bool) {
	for _, c := range append(n.parents[:len(n.parents):len(n.parents)], n.edges...) {
		c.invalidate(match)
	}
}

// Delete evicts the copies of every key that matches, parents first.
func (n *Network) Delete(match func(key string) bool) {
	for _, c := range append(n.parents[:len(n.parents):len(n.parents)], n.edges...) {
		c.evict(match)
	}
}
