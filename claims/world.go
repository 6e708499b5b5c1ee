package claims

import (
	"fmt"
	"strings"
	"time"

	"frontdoor/pricing"
	"frontdoor/report/words"
	"frontdoor/world"
)

func asked() Said {
	return Said{"StackOverflow, Deploying AWS Global infrastructure with API Gateway, Lambda, Cognito, S3, Dynamodb, with three answers", "2016-06-29", "https://stackoverflow.com"}
}

func worldClaims() []Claim {
	return []Claim{
		{
			ID: "C5", Expected: Conditional, Needs: globalScenario, judge: remoteData, Said: []Said{asked(), launched()},
			Text: "Running the function at the edge lowers the latency for viewers around the world, also where its data is in one Region.",
		},
		{
			ID: "C6", Expected: True, judge: tablePlace, Said: []Said{moved()},
			Text: "Moving the table to us-east-1 would not help: functions run near the viewers. It belongs into the Region with the most accesses.",
		},
		{
			ID: "C12", Expected: True, judge: oneDomain, Said: []Said{asked()},
			Text: "One domain name for an API in several Regions was impossible in 2016 and is possible since regional endpoints of 2017.",
		},
		{
			ID: "C13", Expected: True, Needs: globalScenario, judge: oneRegion, Said: []Said{asked()},
			Text: "An edge-optimized API invokes its function in one Region, wherever the viewer is.",
		},
	}
}

// processing is what the closed form takes for the function's own time.
const processing = 20 * time.Millisecond

// distance is the matrix of the days of the question.
func distance() world.Distance {
	return world.Distance{Matrix: world.Of2017(), LastMile: world.DefaultLastMile, TLS: world.TLS13}
}

// remoteData compares a function at the edge whose table is far away with a
// regional API beside the table, for viewers near every other Region.
func remoteData(e *Evidence) (Verdict, error) {
	var v Verdict
	d := distance()
	const home = "eu-west-1"
	var lower [2]int // cold, warm
	of := 0
	for _, viewer := range d.Matrix.Regions() {
		if viewer == home {
			continue
		}
		edge, err := d.Latency(world.Case{Shape: world.EdgeRemote, Viewer: viewer, Regions: []string{home}, Processing: processing})
		if err != nil {
			return v, err
		}
		regional, err := d.Latency(world.Case{Shape: world.Regional, Viewer: viewer, Regions: []string{home}, Processing: processing})
		if err != nil {
			return v, err
		}
		of++
		lower[0] += truth(edge.Cold < regional.Cold)
		lower[1] += truth(edge.Warm < regional.Warm)
		if viewer == "us-east-1" {
			v.add(Simulation, d.String(), "viewer near %s, table in %s: at the edge %s cold and %s warm, at a regional API %s cold and %s warm", viewer, home, ms(edge.Cold), ms(edge.Warm), ms(regional.Cold), ms(regional.Warm))
			if err := e.waiting(&v, d, viewer, home); err != nil {
				return v, err
			}
		}
	}
	v.add(Simulation, d.String(), "lower for viewers near %d of %d Regions on a new connection, near %d of %d on an open one", lower[0], of, lower[1], of)
	var fresh, open tally
	for _, run := range e.Runs {
		remoteInRun(&v, &fresh, &open, run)
	}
	if open.of == 0 {
		return lacking(v, globalScenario), nil
	}
	if fresh.of == 0 { // every new connection met a cold environment
		fresh = tally{lower[0], of}
	}
	return v.byConnection(fresh, open), nil
}

// byConnection is the verdict of C5: what holds on a new connection and what on an
// open one. The run decides, so that it may contradict the simulation.
func (v Verdict) byConnection(fresh, open tally) Verdict {
	first, later := either(fresh.holds, fresh.of), either(open.holds, open.of)
	v.Word = first
	if first != later {
		v.Word = Conditional
	}
	v.Boundary = fmt.Sprintf("%s for the first request of a connection, in an environment that is there; %s on an open one", first, later)
	if later == False {
		v.Boundary += ": the way to the data is in both"
	}
	return v
}

// waiting is what a function at the edge is billed for while it waits for data.
func (e *Evidence) waiting(v *Verdict, d world.Distance, viewer, table string) error {
	rtt, err := d.Matrix.RTT(viewer, table)
	if err != nil {
		return err
	}
	price, err := e.first(pricing.EdgeGBSeconds, "us-east-1", e.AsOf)
	if e.leaveOut(v, e.AsOf, err) {
		return nil
	}
	if err != nil {
		return err
	}
	perMS := price.Mul(pricing.Ratio(memoryMB, 1024)).Mul(pricing.Count(1000)) // a million requests, a millisecond each
	v.add(Bill, e.book(e.AsOf), "waiting is billed: %s a million requests for each ms at the edge, %s for the %s to the table", words.Dollars(perMS), words.Dollars(perMS.Mul(pricing.Ratio(rtt.Microseconds(), 1000))), ms(rtt))
	return nil
}

// ms is a duration in milliseconds, to a tenth.
func ms(d time.Duration) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(d)/1e6), ".0") + " ms"
}

// tablePlace moves the table and looks at where functions run and what they wait for.
func tablePlace(*Evidence) (Verdict, error) {
	var v Verdict
	d := distance()
	viewers := spread(80)
	ran, err := d.EdgeRegion(viewers[0].Viewer)
	if err != nil {
		return v, err
	}
	v.add(Rule, "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html", "a function at the edge runs, and logs, in the Region near the viewer: for viewers near Tokyo in %s, wherever the table is", ran)
	best, least := nearest(d, viewers)
	virginia, err := d.TableWait("us-east-1", viewers)
	if err != nil {
		return v, err
	}
	home, err := d.TableWait(viewers[0].Viewer, viewers)
	if err != nil {
		return v, err
	}
	v.add(Simulation, d.String(), "assumed: 80 %% of viewers near Tokyo, 10 %% near Virginia and 10 %% near Ireland: a read takes %s on average with the table in Tokyo, %s in us-east-1; the least is %s, with %s", ms(home), ms(virginia), best, ms(least))
	v.Word = either(truth(virginia >= home)+truth(best == viewers[0].Viewer), 2)
	v.Boundary = "where a function runs does not depend on the table; how long viewers wait does"
	for part := 80; part >= 0; part-- {
		if other, wait := nearest(d, spread(part)); other != viewers[0].Viewer {
			v.add(Simulation, d.String(), "the best place changes below %d %% near Tokyo, the rest halved: with %d %% it is %s, with %s", part+1, part, other, ms(wait))
			v.Boundary += fmt.Sprintf("; assumed: 80 %% of viewers are near Tokyo, and from %d %% on Tokyo is the best place", part+1)
			break
		}
	}
	return v, nil
}

// spread is so many percent of viewers near Tokyo, and halves of the rest near
// Virginia and Ireland. The system's author does not say where his are.
func spread(percent int) []world.Share {
	rest := float64(100-percent) / 2
	return []world.Share{{Viewer: "ap-northeast-1", Part: float64(percent)}, {Viewer: "us-east-1", Part: rest}, {Viewer: "eu-west-1", Part: rest}}
}

// nearest is the Region of a table for which viewers wait least, and how long.
func nearest(d world.Distance, viewers []world.Share) (best string, least time.Duration) {
	for _, region := range d.Matrix.Regions() {
		wait, err := d.TableWait(region, viewers)
		if err != nil {
			continue // not measured from each of the viewers' Regions
		}
		if best == "" || wait < least {
			best, least = region, wait
		}
	}
	return best, least
}

// oneRegion asks where the requests of viewers near every Region end.
func oneRegion(e *Evidence) (Verdict, error) {
	var v Verdict
	d := distance()
	regions := []string{"eu-west-1", "us-east-1"}
	seen := map[world.Shape]map[string]bool{world.EdgeOptimized: {}, world.LatencyRouted: {}}
	viewers := d.Matrix.Regions()
	for shape, ends := range seen {
		for _, viewer := range viewers {
			target, err := d.Target(world.Case{Shape: shape, Viewer: viewer, Regions: regions})
			if err != nil {
				continue // no round trip is known to one of the two
			}
			ends[target] = true
		}
	}
	v.add(Rule, "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html", "an edge-optimized API is reached through CloudFront and has one Region")
	v.add(Simulation, d.String(), "viewers near %d Regions: an edge-optimized API ends in %d Region, latency records before regional APIs in %d of %d", len(viewers), len(seen[world.EdgeOptimized]), len(seen[world.LatencyRouted]), len(regions))
	var t tally // the simulation cannot contradict the claim: it has one Region as AWS's rule has
	for _, run := range e.Runs {
		for _, f := range run.Fronts {
			if f.Resource.EdgeOptimized {
				ranInOne(&v, &t, run, f)
			}
		}
	}
	if t.of == 0 {
		return lacking(v, globalScenario), nil
	}
	v.Word = either(t.holds, t.of)
	v.Boundary = fmt.Sprintf("measured for viewers near %s; for others it is AWS's rule", words.And(viewersOf(e.Runs)))
	return v, nil
}
