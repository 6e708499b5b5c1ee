package record

// How the REPORT lines of a run's deployed functions were read.
const (
	ReportsFilter   = "filter"   // FilterLogEvents: every line
	ReportsInsights = "insights" // Logs Insights: REPORT lines alone
	ReportsNone     = "none"     // not at all
)

// Reading is what it took to read a run back from CloudWatch and its Logs. AWS bills
// for it, by the metric and by the byte that a query scans.
type Reading struct {
	WaitedS float64         `json:"waited_s"` // seconds waited for late metrics and lines
	Regions []RegionReading `json:"regions,omitempty"`
}

// RegionReading is the part of one Region.
type RegionReading struct {
	Region           string   `json:"region"`
	MetricCalls      int      `json:"get_metric_data_calls"`      // pages count
	MetricsRequested int      `json:"metrics_requested"`          // what AWS bills GetMetricData by; a page bills its metrics again
	ListCalls        int      `json:"list_calls,omitempty"`       // ListMetrics and DescribeLogGroups
	LogCalls         int      `json:"filter_log_events_calls"`    // pages
	LogEvents        int      `json:"log_events,omitempty"`       // that they held
	Queries          int      `json:"insights_queries,omitempty"` // of Logs Insights
	ScannedBytes     int64    `json:"insights_scanned_bytes"`     // what AWS bills them by
	Problems         []string `json:"problems,omitempty"`         // why it could not be asked, in part or at all
}
