package scenarios

import (
	"fmt"
	"strings"
)

func (l Load) check(c *checker, fronts []Front) {
	switch {
	case c.given("load.rate") && c.given("load.stages"):
		c.fail("load.stages", "rate is given too", "either rate or stages")
	case !c.given("load.rate") && !c.given("load.stages"):
		c.fail("load", "rate and stages are both missing", "one of them, such as rate: 200/s")
	}
	if c.given("load.duration") && c.given("load.stages") {
		c.fail("load.duration", "stages are given too", "duration with rate only: stages have their own")
	}
	for i, s := range l.Stages {
		if c.given("load.stages") {
			s.check(c, fmt.Sprintf("load.stages[%d]", i))
		}
	}
	if c.first != nil {
		return // what follows needs a rate
	}
	l.checkTimes(c)
	l.checkPolling(c)
	if l.HTTP != "1.1" {
		checkHTTPS(c, l.HTTP, fronts)
	}
	if l.HTTP == "3" && !l.KeepAlive {
		c.fail("load.keepalive", "HTTP/3 keeps to one connection", "keepalive: true with http: \"3\"")
	}
}

func (s Stage) check(c *checker, path string) {
	rate, from, to := c.given(path+".rate"), c.given(path+".from"), c.given(path+".to")
	switch {
	case rate && (from || to):
		c.fail(path+".rate", "a ramp is given too", "either rate, or from and to")
	case !rate && !from && !to:
		c.fail(path, "has no rate", "either rate, or from and to")
	case !rate && !(from && to):
		c.fail(path, "has half a ramp", "both from and to")
	}
	for _, r := range []struct {
		name string
		rate Rate
	}{{".rate", s.Rate}, {".from", s.From}, {".to", s.To}} {
		checkRate(c, path+r.name, r.rate)
	}
}

// maxRate is a thousand times what a small machine sends. vegeta's pacer, which
// counts whole nanoseconds between requests, divides by zero above 1e9/s.
const maxRate = 1e6

func checkRate(c *checker, path string, r Rate) {
	if r > maxRate {
		c.fail(path, r.String()+" is out of range", fmt.Sprintf("%d/s or less", int(maxRate)))
	}
}

func (l Load) checkTimes(c *checker) {
	checkRate(c, "load.rate", l.Rate)
	if l.Warmup > 0 && l.Warmup >= l.Duration {
		c.fail("load.warmup", fmt.Sprintf("%s is as long as the measurement, %s, or longer", l.Warmup, l.Duration), "a warm-up shorter than the measurement")
	}
	if n := l.Planned(); n < 1 {
		c.fail("load.duration", fmt.Sprintf("%s plans %.2g requests", l.Duration, n), "a trial of one request or more")
	}
}

// checkHTTPS refuses HTTP/2 without TLS: none of AWS's doors speaks it, and the client
// negotiates it by ALPN; HTTP/3 is never without. The lab's fronts are asked over HTTP/1.1 instead: the same
// scenario measures deployed ones, by targets.
func checkHTTPS(c *checker, version string, fronts []Front) {
	lab := false
	for i, f := range fronts {
		if lab = lab || f.Lab(); !f.Lab() && !f.https() {
			c.fail("load.http", fmt.Sprintf("front %q (fronts[%d]) is not reached over https, which HTTP/%s needs", f.ID, i, version), `"1.1", or an https url for every front`)
			return
		}
	}
	if lab {
		c.warn("load.http", "the lab's fronts speak HTTP/1.1 alone, and are asked over that", "measure deployed fronts, over https, with HTTP/"+version)
	}
}

func (d Deployed) https() bool { return strings.HasPrefix(d.URL, "https://") }
