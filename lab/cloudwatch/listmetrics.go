package cloudwatch

import (
	"encoding/base64"
	"slices"
)

// pageOfMetrics is how many metrics one answer holds:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
const pageOfMetrics = 500

// listMetrics lists the Region's metrics in a fixed order. A metric appears as
// soon as it has a series; on AWS it takes up to 15 minutes.
func listMetrics(store *Store, region string, in listMetricsInput) (listMetricsOutput, error) {
	out := listMetricsOutput{Metrics: []metricID{}}
	if in.RecentlyActive != "" {
		return out, invalidValue("The lab's CloudWatch does not serve the parameter RecentlyActive.")
	}
	after, err := base64.URLEncoding.DecodeString(in.NextToken)
	if err != nil {
		return out, invalidToken()
	}
	last := ""
	for _, m := range store.list(region) {
		if m.key() <= string(after) || !in.matches(m) {
			continue
		}
		if len(out.Metrics) == in.page {
			out.NextToken = base64.URLEncoding.EncodeToString([]byte(last))
			break
		}
		last = m.key()
		out.Metrics = append(out.Metrics, metricID{m.namespace, m.name, m.dims})
	}
	return out, nil
}

// matches applies the filters: names match exactly, and every dimension named
// must be there, with the value if one is given.
func (in listMetricsInput) matches(m metric) bool {
	if in.Namespace != "" && in.Namespace != m.namespace || in.MetricName != "" && in.MetricName != m.name {
		return false
	}
	for _, want := range in.Dimensions {
		if !slices.ContainsFunc(m.dims, func(d Dimension) bool {
			return d.Name == want.Name && (want.Value == "" || want.Value == d.Value)
		}) {
			return false
		}
	}
	return true
}
