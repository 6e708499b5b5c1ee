package claims

import (
	"errors"
	"slices"
	"time"

	"frontdoor/record"
	"frontdoor/report/words"
	"frontdoor/world"
)

// oneDomain makes the same name in two Regions, under the rules of both years.
func oneDomain(e *Evidence) (Verdict, error) {
	var v Verdict
	const name = "api.myapp.com"
	attempt := func(day time.Time, kind world.Endpoint) (int, error) {
		var d world.Domains
		for _, region := range []string{"eu-west-1", "us-east-1"} {
			var refused *world.DomainError
			if err := d.Create(name, region, kind, day); errors.As(err, &refused) {
				v.add(Rule, "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html", "%s, %s in %s: refused: %s", day.Format(time.DateOnly), kind, region, refused.Message)
			} else if err != nil {
				return 0, err
			}
		}
		return d.Regions(name), nil
	}
	question := claimDay(asked())
	then, err := time.Parse(time.DateOnly, question.String())
	if err != nil {
		return v, err
	}
	before, err := attempt(then, world.EndpointEdge)
	if err != nil {
		return v, err
	}
	later, err := attempt(world.RegionalFrom(), world.EndpointRegional)
	if err != nil {
		return v, err
	}
	v.add(Rule, "https://aws.amazon.com/blogs/compute/building-a-multi-region-serverless-application-with-amazon-api-gateway-and-aws-lambda/", "%s: the name exists in %d Region with edge-optimized endpoints; %s: in %d with regional ones", question, before, world.RegionalFrom().Format("2006-01"), later)
	v.Word = either(truth(before == 1)+truth(later == 2), 2)
	v.Boundary = "the day on which regional endpoints came is known to the month"
	for _, run := range e.Runs {
		for _, f := range run.Fronts {
			if regions := resolved(run, f.ID); len(regions) > 1 {
				v.add(Record, run.ID, "%s: one name sent viewers to %s", f.ID, words.And(regions))
			}
		}
	}
	return v, nil
}

// resolved lists the Regions that the name of a front had over a run.
func resolved(run *record.Recording, id string) []string {
	var regions []string
	for _, m := range run.Of(id) {
		for _, e := range m.Events {
			if e.What == record.Resolves {
				regions = append(regions, e.Region)
			}
		}
	}
	slices.Sort(regions)
	return slices.Compact(regions)
}
