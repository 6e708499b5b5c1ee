package deploy

import (
	"slices"

	"frontdoor/scenarios"
)

// EdgeRegions lists the Regions with a regional edge cache, in which functions of
// Lambda@Edge run and leave metrics and logs: the one nearest to the viewer. AWS
// publishes their places, not Region names
// (https://aws.amazon.com/cloudfront/features/), so this is how users found them in
// their accounts: https://github.com/aws/aws-cdk/issues/5449 (unconfirmed by AWS).
func EdgeRegions() []string {
	return []string{"ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1",
		"eu-west-1", "eu-west-2", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"}
}

// viewers are the Regions whose logs of a front at the edge are kept, the one of the
// front's own viewers first.
func (c Config) viewers(f scenarios.Front) []string {
	regions := slices.Clone(c.ViewerRegions)
	if len(regions) == 0 {
		for _, other := range c.Scenario.Fronts {
			if other.Kind.Edge() && other.Viewer != "" {
				regions = append(regions, other.Viewer)
			}
		}
	}
	if len(regions) == 0 {
		regions = []string{edgeRegion}
	}
	if slices.Contains(regions, f.Viewer) {
		regions = slices.Insert(regions, 0, f.Viewer)
	}
	var once []string
	for _, r := range regions {
		if !slices.Contains(once, r) {
			once = append(once, r)
		}
	}
	return once
}

func (c Config) edgeLogs(f scenarios.Front, region string) string {
	return short(maxStack, c.Name, f.ID, "logs", region)
}

// addEdgeLogs adds a front's log group and alarms in each Region of its viewers: where
// the function runs is where it writes, and where its metrics are.
func (d *Deployment) addEdgeLogs(f scenarios.Front) {
	for _, region := range d.config.viewers(f) {
		d.add(f.ID, Stack{Name: d.config.edgeLogs(f, region), Region: region, Template: "edge-logs.yaml", Parameters: map[string]string{
			"FunctionName": d.config.functionName(f), "LogRetentionDays": d.config.retention(),
		}})
	}
}
