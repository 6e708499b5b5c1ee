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
	v.Word = either(lower[0]+lower[1], 2*of)
	v.Boundary = "true for the first request of a connection, whose set-up ends nearby; false on an open one: the way to the data is in both"
	for _, run := range e.Runs {
		remoteInRun(&v, run)
	}
	return v, nil
}

// waiting is what a function at the edge is billed for while it waits for data.
func (e *Evidence) waiting(v *Verdict, d world.Distance, viewer, table string) error {
	rtt, err := d.Matrix.RTT(viewer, table)
	if err != nil {
		return err
	}
	price, err := e.first(pricing.EdgeGBSeconds, "us-east-1", e.AsOf)
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
	viewers := []world.Share{{Viewer: "ap-northeast-1", Part: 0.8}, {Viewer: "us-east-1", Part: 0.1}, {Viewer: "eu-west-1", Part: 0.1}}
	ran, err := d.EdgeRegion(viewers[0].Viewer)
	if err != nil {
		return v, err
	}
	v.add(Rule, "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html", "a function at the edge runs, and logs, in the Region near the viewer: for viewers near Tokyo in %s, wherever the table is", ran)
	var best string
	var least, virginia, home time.Duration
	for _, region := range d.Matrix.Regions() {
		wait, err := d.TableWait(region, viewers)
		if err != nil {
			continue // not measured from each of the viewers' Regions
		}
		if best == "" || wait < least {
			best, least = region, wait
		}
		switch region {
		case "us-east-1":
			virginia = wait
		case "ap-northeast-1":
			home = wait
		}
	}
	v.add(Simulation, d.String(), "8 of 10 viewers near Tokyo, 1 near Virginia and Ireland each: a read takes %s on average with the table in Tokyo, %s in us-east-1; the least is %s, with %s", ms(home), ms(virginia), best, ms(least))
	v.Word = either(truth(virginia >= home)+truth(best == viewers[0].Viewer), 2)
	v.Boundary = "where a function runs does not depend on the table; how long viewers wait does"
	return v, nil
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
	v.Word = either(truth(len(seen[world.EdgeOptimized]) == 1), 1)
	for _, run := range e.Runs {
		for _, f := range run.Fronts {
			if f.Resource.EdgeOptimized && len(f.Also) == 0 {
				v.add(Record, run.ID, "%s: its function ran in %s alone, for viewers near %s", f.ID, f.FunctionIn, f.Viewer)
			}
		}
	}
	return v, nil
}
