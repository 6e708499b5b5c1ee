package cloudwatch

import (
	"slices"
	"time"

	"frontdoor/lab/fault"
)

// faultyData is GetMetricData with what a fault leaves of its answer.
func faultyData(f fault.Fault) func(*Store, string, getMetricDataInput) (getMetricDataOutput, error) {
	return func(store *Store, region string, in getMetricDataInput) (getMetricDataOutput, error) {
		if f.Page > 0 && (in.MaxDatapoints == nil || int(*in.MaxDatapoints) > f.Page) {
			page := integer(f.Page)
			in.MaxDatapoints = &page
		}
		out, err := getMetricData(store, region, in)
		names := map[string]string{} // of metrics, by id of the query
		for _, q := range in.MetricDataQueries {
			if q.MetricStat != nil {
				names[q.ID] = q.MetricStat.Metric.MetricName
			}
		}
		for i := range out.MetricDataResults {
			out.MetricDataResults[i].suffer(f, names[out.MetricDataResults[i].ID])
		}
		if f.State == "InternalError" {
			out.Messages = append(out.Messages, messageData{"InternalError", "Some of the results could not be computed"}) // the lab's words: AWS's are not published
		}
		return out, err
	}
}

// suffer takes from a result what the fault takes.
func (r *metricDataResult) suffer(f fault.Fault, metric string) {
	if f.State != "" {
		r.StatusCode = f.State
	}
	missing := slices.Contains(f.Missing, metric)
	horizon := time.Now().Add(-f.Late).Unix()
	var kept metricDataResult
	for i, t := range r.Timestamps {
		if !missing && (f.Late == 0 || int64(t) <= horizon) {
			kept.Timestamps, kept.Values = append(kept.Timestamps, t), append(kept.Values, r.Values[i])
		}
	}
	if len(kept.Values) < len(r.Values) {
		r.Timestamps, r.Values = append([]stamp{}, kept.Timestamps...), append([]float64{}, kept.Values...)
	}
}

// faultyList is ListMetrics with the pages of a fault.
func faultyList(f fault.Fault) func(*Store, string, listMetricsInput) (listMetricsOutput, error) {
	return func(store *Store, region string, in listMetricsInput) (listMetricsOutput, error) {
		in.page = pageOfMetrics
		if f.Page > 0 {
			in.page = f.Page
		}
		return listMetrics(store, region, in)
	}
}
