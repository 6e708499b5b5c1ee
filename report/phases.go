package report

import (
	"cmp"
	"slices"
	"strings"

	"frontdoor/record"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// Phases are what setting up a front's connections took, in milliseconds: medians
// over the connections of the rounds that count, warm-ups included, for most are made
// in them. A phase that took place in none has N 0.
type Phases struct {
	Connections       int // that a request waited for
	DNS, Connect, TLS stats.Estimate
	FirstByte         stats.Estimate // from the send, of the measured requests that Service is of
	Protocols         []Protocol     // of the measured answers, the most frequent first
}

// Protocol is how many answers came over it: "HTTP/1.1", "HTTP/2.0".
type Protocol struct {
	Name     string
	Requests int
}

// phasesOf is nil when the record has no phase of the front: it is of format 1, or of
// another tool.
func phasesOf(rounds int, trials []record.Measured, seed uint64) *Phases {
	p := &Phases{}
	var ms [4][][]float64 // DNS, TCP, TLS, first byte
	for k := range ms {
		ms[k] = make([][]float64, rounds)
	}
	protocols := map[string]int{}
	for _, t := range trials {
		for _, h := range t.Hits {
			if h.DNS+h.Connect+h.TLS > 0 {
				p.Connections++
			}
			for k, ns := range []int64{h.DNS, h.Connect, h.TLS, firstByte(h)} {
				if ns > 0 {
					ms[k][t.Round-1] = append(ms[k][t.Round-1], float64(ns)/1e6)
				}
			}
			if !h.Warmup && h.Protocol != "" {
				protocols[oneLine(h.Protocol)]++
			}
		}
	}
	if p.Connections == 0 {
		return nil
	}
	for k, into := range []*stats.Estimate{&p.DNS, &p.Connect, &p.TLS, &p.FirstByte} {
		*into = stats.Quantiles(ms[k], []float64{0.5}, seed)[0]
	}
	for name, n := range protocols {
		p.Protocols = append(p.Protocols, Protocol{name, n})
	}
	slices.SortFunc(p.Protocols, func(a, b Protocol) int {
		return cmp.Or(cmp.Compare(b.Requests, a.Requests), strings.Compare(a.Name, b.Name))
	})
	return p
}

// firstByte is the wait of a measured, successful request in a warm environment for
// the first byte of its answer, in nanoseconds; 0 of others.
func firstByte(h record.Hit) int64 {
	if h.Warmup || h.Error != "" || h.Cold == 1 || h.FirstByte < 0 || h.Sent < 0 {
		return 0
	}
	return h.FirstByte - h.Sent
}

// Connected reports whether tables show what connections took: where a name was
// looked up or TLS was spoken, and of fronts outside the lab. A TCP connection on
// loopback is worth no table; report.json has it all the same.
func (r *Report) Connected() bool {
	return slices.ContainsFunc(r.Fronts, func(f Front) bool {
		p := f.Phases
		return p != nil && (p.DNS.N > 0 || p.TLS.N > 0 || r.Run.Source != record.SourceLab)
	})
}

// connectionCaption says what the table of connections is of.
const connectionCaption = "ms, median of new connections, warm-ups included, [95 % interval over rounds]: each looks its name up and makes a full TLS handshake (of HTTP/3 QUIC's, which is TCP's too). First byte: from the send, of measured requests in warm environments, so that no connection is in it."

func connectionTable(r *Report, notes *footnotes) Grid {
	g := Grid{Header: []string{"front", "protocol", "new connections", "DNS", "TCP", "TLS", "first byte"}, Left: 2, Keys: 1}
	if !r.Connected() {
		return g
	}
	for _, f := range r.Fronts {
		if f.Phases == nil {
			g.Rows = append(g.Rows, []string{f.ID, "-", "-", "-", "-", "-", "-"})
			continue
		}
		row := []string{f.ID, f.Phases.spoken(), words.Group(int64(f.Phases.Connections))}
		for _, e := range []stats.Estimate{f.Phases.DNS, f.Phases.Connect, f.Phases.TLS, f.Phases.FirstByte} {
			row = append(row, words.Interval(e)+quantileNote(Quantile{0.5, e}, notes))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// spoken is the protocols of the answers, with counts where there are several.
func (p *Phases) spoken() string {
	var names []string
	for _, protocol := range p.Protocols {
		name := strings.TrimSuffix(protocol.Name, ".0") // as HTTP/2 calls itself
		if len(p.Protocols) > 1 {
			name += " (" + words.Group(int64(protocol.Requests)) + ")"
		}
		names = append(names, name)
	}
	return cmp.Or(strings.Join(names, ", "), "-")
}
