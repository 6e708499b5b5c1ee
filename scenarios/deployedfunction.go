package scenarios

import (
	"fmt"
	"slices"

	"frontdoor/front"
)

// DeployedFunction is a deployed function at an event of a distribution, besides the
// front's own.
type DeployedFunction struct {
	Event          string
	Function       string
	FunctionRegion string // "": of Lambda@Edge it is found after the run
}

// further is the field of a distribution's further functions.
func (d *Deployed) further() field {
	return field{name: "functions", into: &d.Functions, least: 1, most: 3,
		doc:      "The functions at the distribution's other events, each as the scenario's cloudfront.functions has it.",
		examples: []string{`[{"event": "origin-response", "function": "headers"}]`}}
}

func (f *DeployedFunction) fields() []field {
	return []field{
		{name: "event", into: &f.Event, required: true, enum: edgeEvents(),
			doc: "Where it runs."},
		{name: "function", into: &f.Function, required: true, pattern: `^[a-zA-Z0-9_-]{1,64}$`, want: "a function name such as headers, without account, version or the prefix us-east-1.",
			doc: "The function's name: of Lambda, or of a CloudFront Function."},
		{name: "function_region", into: &f.FunctionRegion, pattern: regionPattern, want: regionWant, derived: "found after the run",
			doc: "The Region whose CloudWatch holds the metrics of a Lambda@Edge function, as of the front's own."},
	}
}

// checkDeployedFunctions wants a name for each further function of the scenario's front,
// each once, and for no other: what nobody reads back is missing from the bill.
func (f Front) checkDeployedFunctions(c *checker, path string) {
	var want []string
	if f.CloudFront != nil {
		for _, one := range f.CloudFront.Functions {
			want = append(want, one.Event)
		}
	}
	var have []string
	for i, one := range f.Functions {
		at := fmt.Sprintf("%s.functions[%d].event", path, i)
		switch {
		case !slices.Contains(want, one.Event):
			c.fail(at, fmt.Sprintf("the scenario's front has no further function at %s", one.Event), "its cloudfront.functions alone")
		case slices.Contains(have, one.Event):
			c.fail(at, fmt.Sprintf("%s has a function already", one.Event), "each event once")
		}
		have = append(have, one.Event)
	}
	for _, event := range want {
		if !slices.Contains(have, event) && f.Metrics == MetricsCloudWatch {
			c.fail(path, fmt.Sprintf("no function is named at %s, where the scenario's front has one", event), "functions, with one for each of its cloudfront.functions, or metrics: none")
		}
	}
}

// FurtherKind is the kind of the front's further function at an event, "" where it has none.
func (f Front) FurtherKind(event string) front.Kind {
	if f.CloudFront == nil {
		return ""
	}
	for _, one := range f.CloudFront.Functions {
		if one.Event == event {
			return one.Kind()
		}
	}
	return ""
}
