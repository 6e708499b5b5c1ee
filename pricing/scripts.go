package pricing

import (
	"frontdoor/front"
	"frontdoor/record"
)

// Scripts is what CloudWatch counted of a front's CloudFront Functions, over the whole run
// with its warm-ups: they write no REPORT lines, and no answer names them.
type Scripts struct {
	Invocations int64
	LogBytes    int64
	Sent        int64 // requests of the run
}

// scriptsOf names the CloudFront Functions of a front, its own first.
func scriptsOf(f record.Front) []string {
	var names []string
	if f.Kind == front.CloudFrontFunction {
		names = append(names, f.Function)
	}
	for _, one := range f.Further {
		if one.Kind == front.CloudFrontFunction {
			names = append(names, one.Function)
		}
	}
	return names
}

// FurtherScripts reports whether a front has CloudFront Functions besides its own: how
// often those run is not the number of its requests.
func FurtherScripts(f record.Front) bool {
	names := scriptsOf(f)
	return len(names) > 1 || len(names) == 1 && f.Kind != front.CloudFrontFunction
}

// ScriptsOf reads what CloudWatch counted of them; false where the front has none, or
// nothing was counted of one of them. Bytes come in where a function's code writes some,
// and are counted then alone:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
func ScriptsOf(f record.Front, meters *record.FrontMeters) (s Scripts, ok bool) {
	names := scriptsOf(f)
	if meters == nil || len(names) == 0 || meters.Coverage.Sent == 0 {
		return Scripts{}, false
	}
	for _, name := range names {
		n := metricSum(meters, "FunctionInvocations", "FunctionName", name)
		if n == nil {
			return Scripts{}, false
		}
		s.Invocations += int64(*n)
		if n := metricSum(meters, "IncomingBytes", "LogGroupName", ScriptLogGroup(name)); n != nil {
			s.LogBytes += int64(*n)
		}
	}
	s.Sent = int64(meters.Coverage.Sent)
	return s, true
}

// ScriptLogGroup is where a CloudFront Function logs, in us-east-1:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
func ScriptLogGroup(function string) string { return "/aws/cloudfront/function/" + function }

// metricSum is the value of a metric of which one dimension is so; nil where it was not read.
func metricSum(meters *record.FrontMeters, metric, dimension, value string) *float64 {
	for _, m := range meters.Metrics {
		if m.Name != metric || m.Stat != "Sum" {
			continue
		}
		for _, d := range m.Dimensions {
			if d.Name == dimension && d.Value == value {
				return m.Value
			}
		}
	}
	return nil
}

// Ran sets how often CloudFront Functions ran for each request of a month.
func (w *Workload) Ran(s Scripts) {
	runs, log := Ratio(s.Invocations, s.Sent), Ratio(s.LogBytes, s.Sent)
	w.Scripts, w.ScriptLogs = &runs, &log
}

// scripts adds what CloudWatch counted of CloudFront Functions. What the lab counted is in
// items of its own.
func (b *usageBuilder) scripts() {
	if b.w.Scripts == nil || b.w.isCounted(CFFInvocations) {
		return
	}
	b.add(CFFInvocations, Global, *b.w.Scripts)
	if b.w.ScriptLogs.Sign() > 0 {
		b.bytes(LogsIngestedGB, cloudFrontRegion, *b.w.ScriptLogs)
	}
}

// cloudFrontRegion is where CloudFront Functions log, wherever they run.
const cloudFrontRegion = "us-east-1"
