package lab

import (
	"io"
	"net"
)

// run copies between the two connections until both directions have ended.
func (p *pipe) run() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		pass(p.region, p.viewer)
	}()
	pass(p.viewer, p.region)
	<-done
	p.close()
}

// pass copies to its end, and hands the end on: a client that is done sending still
// wants its answer.
func pass(to, from net.Conn) {
	_, err := io.Copy(to, from)
	if end, ok := to.(*net.TCPConn); ok && err == nil {
		_ = end.CloseWrite()
		return
	}
	_ = to.Close()
	_ = from.Close()
}

// close ends both connections at once. A further call does nothing.
func (p *pipe) close() {
	reset(p.viewer)
	reset(p.region)
}

// reset closes a connection so that its other end cannot take it for a normal end.
func reset(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = c.Close()
}
