package lab

import (
	"io"
	"net"
	"time"
)

// accept takes viewers' connections until the listener closes.
func (d *domain) accept() {
	for {
		viewer, err := d.listener.Accept()
		if err != nil {
			return // closed
		}
		go d.connect(viewer)
	}
}

// connect hands a connection on to the Region that the name resolves to.
func (d *domain) connect(viewer net.Conn) {
	record, err := d.resolve(time.Now())
	if err != nil || d.stacks[record].door.condition.down.Load() {
		reset(viewer)
		return
	}
	region, err := net.Dial("tcp", d.stacks[record].door.listener.Addr().String())
	if err != nil {
		reset(viewer)
		return
	}
	p := &pipe{record, viewer, region}
	d.mu.Lock()
	if d.closed || d.stacks[record].door.condition.down.Load() { // meanwhile
		d.mu.Unlock()
		p.close()
		return
	}
	d.pipes[p] = struct{}{}
	d.mu.Unlock()
	p.run()
	d.mu.Lock()
	delete(d.pipes, p)
	d.mu.Unlock()
}

// cut closes the connections to a Region.
func (d *domain) cut(region string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for p := range d.pipes {
		if d.config.Routing.Records[p.record].Region == region {
			p.close()
		}
	}
}

func (d *domain) close() error {
	d.mu.Lock()
	d.closed = true
	for p := range d.pipes {
		p.close()
	}
	d.mu.Unlock()
	return d.listener.Close()
}

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
