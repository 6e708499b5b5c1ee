package doctor

import (
	"slices"
	"strconv"

	"frontdoor/deploy"
)

// Of is what an account has to be ready for to have a deployment, and a run on it.
func Of(d *deploy.Deployment, load Load) Subject {
	s := Subject{Load: load, Purposes: []Purpose{{ToDeploy, d.DeployPolicy()}, {ToMeasure, d.MeasurePolicy()}}}
	timeouts := map[string]int{}
	for _, stack := range d.Stacks {
		if timeout, err := strconv.Atoi(stack.Parameters["Timeout"]); err == nil {
			timeouts[stack.Parameters["FunctionName"]] = timeout
		}
	}
	for _, stack := range d.Stacks {
		if !slices.Contains(s.Regions, stack.Region) {
			s.Regions = append(s.Regions, stack.Region)
		}
		switch {
		case stack.Kind.CloudFront():
			s.make("us-east-1", Distributions) // whose quotas are there, wherever the stack is
		case stack.Code != nil && stack.Code.Kind.Edge(): // where the edge runs it its logs are
		case stack.Code != nil, stack.Template == "edge-logs.yaml":
			s.Functions = append(s.Functions, Place{stack.Region, stack.Front, timeouts[stack.Parameters["FunctionName"]]})
		}
		if stack.Template == "alb.yaml" {
			s.make(stack.Region, VPCs, InternetGateways, LoadBalancers)
		}
	}
	return s
}

// make counts one more of each in a Region.
func (s *Subject) make(region string, what ...Limited) {
	for _, w := range what {
		i := slices.IndexFunc(s.Makes, func(a Amount) bool { return a.What == w && a.Region == region })
		if i < 0 {
			s.Makes = append(s.Makes, Amount{w, region, 0})
			i = len(s.Makes) - 1
		}
		s.Makes[i].N++
	}
}
