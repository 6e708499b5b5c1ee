package pricing

import (
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// scripted is a front with two CloudFront Functions, of 200 requests.
func scripted(kind front.Kind) (record.Front, *record.FrontMeters) {
	f := record.Front{ID: "f", Kind: kind, Function: "own", Further: []record.Function{{Event: "viewer-response", Kind: front.CloudFrontFunction, Function: "further"}}}
	metric := func(name, dimension, value string, n float64) record.Metric {
		return record.Metric{Name: name, Stat: "Sum", Dimensions: []record.Dimension{{Name: dimension, Value: value}, {Name: "Region", Value: "Global"}}, Value: &n}
	}
	most := metric("FunctionInvocations", "FunctionName", "own", 9) // of a minute
	most.Stat = "Maximum"
	m := &record.FrontMeters{Front: "f", Metrics: []record.Metric{most,
		metric("FunctionInvocations", "FunctionName", "own", 200), metric("FunctionInvocations", "FunctionName", "further", 150),
		metric("FunctionExecutionErrors", "FunctionName", "own", 3), metric("IncomingBytes", "LogGroupName", "/aws/cloudfront/function/further", 4000),
	}}
	m.Coverage.Sent = 200
	return f, m
}

func TestScriptsOf(t *testing.T) {
	f, m := scripted(front.CloudFrontFunction)
	if s, ok := ScriptsOf(f, m); !ok || s != (Scripts{350, 4000, 200}) {
		t.Errorf("%+v, %t", s, ok)
	}
	edge, _ := scripted(front.EdgeOriginRequest)
	if s, ok := ScriptsOf(edge, m); !ok || s != (Scripts{150, 4000, 200}) {
		t.Errorf("beside Lambda@Edge %+v, %t", s, ok)
	}
	m.Metrics[2].Value = nil
	if s, ok := ScriptsOf(f, m); ok {
		t.Errorf("one was not read, and %+v", s)
	}
	if _, ok := ScriptsOf(f, nil); ok || !FurtherScripts(f) || !FurtherScripts(edge) || FurtherScripts(record.Front{Kind: front.CloudFrontFunction}) || FurtherScripts(record.Front{Kind: front.ALB}) {
		t.Error("what a front has of CloudFront Functions is not known")
	}
}

// What CloudWatch counted is billed in place of one invocation for each request: 2^30
// requests x 350/200, and 4,000 B / 200 logged for each, which is 20 x 2^30 B = 20 GiB.
// CloudFront Functions cost $0.10 per million (https://aws.amazon.com/cloudfront/pricing/, 2026).
func TestUsageOfScripts(t *testing.T) {
	rules, err := shipped(t).Rules(NewDate(2026, time.November, 22), InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[front.Kind][]string{
		front.CloudFrontFunction: {"cff.invocations global 1879048192", "logs.ingested_gb.vended us-east-1 20"},
		front.EdgeOriginRequest:  {"cff.invocations global 805306368", "logs.ingested_gb.vended us-east-1 20"},
	} {
		f, meters := scripted(kind)
		m := measuredOf(kind)
		if kind == front.CloudFrontFunction {
			m.Reports, m.LogBytes = nil, 0
		}
		w := m.Workload(fullForecast())
		s, _ := ScriptsOf(f, meters)
		w.Ran(s)
		u, err := UsageOf(w, rules)
		if err != nil {
			t.Fatal(err)
		}
		items := "\n" + showItems(u.Items) + "\n"
		for _, line := range want {
			if strings.Count(items, "\n"+line+"\n") != 1 {
				t.Errorf("%s: %s is not in%s", kind, line, items)
			}
		}
		if len(u.Missing) != 0 {
			t.Errorf("%s: missing %v", kind, u.Missing)
		}
		w.Counted = CountedOf([]record.Counter{{Front: "f", Name: "cff.invocations", Region: "global", Value: 3}}, record.Front{ID: "f", Kind: kind}, 2)
		if u, err = UsageOf(w, rules); err != nil || strings.Count(showItems(u.Items), "cff.invocations") != 1 {
			t.Errorf("%s: counted twice: %s, %v", kind, showItems(u.Items), err)
		}
	}
}
