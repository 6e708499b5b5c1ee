package lab

import (
	"net"
	"net/http"
	"sync"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/function"
)

// meter publishes the metrics that AWS emits for one front and its function.
// Names, units and dimensions are those of the services' pages on CloudWatch:
//
//	https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html
//	https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html
//	https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
//	https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
//	https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
//	https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
type meter struct {
	kind    front.Kind
	lambda  group
	service group
	tell    func(function.Invocation) // more that is to be known of each; nil is allowed
	minutes *minutes                  // ALB only, as are those below

	balancer group // what the load balancer counts of itself
	target   group // what it counts of the function
}

// group publishes into one namespace under several sets of dimensions.
type group struct {
	store     *cloudwatch.Store
	region    string
	namespace string
	sets      [][]cloudwatch.Dimension

	mu     *sync.Mutex
	series map[string][]*cloudwatch.Series
}

func newGroup(store *cloudwatch.Store, region, namespace string, sets ...[]cloudwatch.Dimension) group {
	return group{store, region, namespace, sets, &sync.Mutex{}, map[string][]*cloudwatch.Series{}}
}

func dims(pairs ...string) []cloudwatch.Dimension {
	var d []cloudwatch.Dimension
	for i := 0; i+1 < len(pairs); i += 2 {
		d = append(d, cloudwatch.Dimension{Name: pairs[i], Value: pairs[i+1]})
	}
	return d
}

// put publishes a value under every set of dimensions.
func (g *group) put(at time.Time, name, unit string, value float64) {
	g.mu.Lock()
	series, ok := g.series[name]
	if !ok {
		for _, set := range g.sets {
			series = append(series, g.store.Series(g.region, g.namespace, name, unit, set))
		}
		g.series[name] = series
	}
	g.mu.Unlock()
	for _, s := range series {
		s.Add(at, value)
	}
}

// count publishes 1, for counters that AWS reports only when they are not zero.
func (g *group) count(at time.Time, name string, happened bool) {
	if happened {
		g.put(at, name, "Count", 1)
	}
}

func newMeter(store *cloudwatch.Store, s Served, version string) *meter {
	resource := s.Function
	if s.Kind.Edge() {
		resource += ":" + version
	}
	m := &meter{kind: s.Kind}
	m.lambda = newGroup(store, s.FunctionRegion, "AWS/Lambda",
		dims("FunctionName", s.Function), dims("FunctionName", s.Function, "Resource", resource))
	switch s.Kind {
	case front.APIGatewayREST, front.APIGatewayNonProxy:
		m.service = newGroup(store, s.Region, "AWS/ApiGateway", dims("ApiName", s.APIName), dims("ApiName", s.APIName, "Stage", s.Stage))
	case front.APIGatewayHTTP:
		m.service = newGroup(store, s.Region, "AWS/ApiGateway", dims("ApiId", s.APIID), dims("ApiId", s.APIID, "Stage", s.Stage))
	case front.ALB:
		balancer, both := dims("LoadBalancer", s.LoadBalancer), dims("LoadBalancer", s.LoadBalancer, "TargetGroup", s.TargetGroup)
		m.service = newGroup(store, s.Region, "AWS/ApplicationELB", balancer, both)
		m.balancer = newGroup(store, s.Region, "AWS/ApplicationELB", balancer)
		m.target = newGroup(store, s.Region, "AWS/ApplicationELB", dims("TargetGroup", s.TargetGroup), both)
		m.minutes = &minutes{}
	case front.FunctionURL:
		m.service = m.lambda
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction:
		m.service = newGroup(store, "us-east-1", "AWS/CloudFront", dims("DistributionId", s.Distribution, "Region", "Global"))
	}
	return m
}

// invocation publishes the function's metrics, stamped with its start. The
// counters are "binary indicators of the outcome": 1 or 0 for each.
func (m *meter) invocation(i function.Invocation) {
	if m.tell != nil {
		m.tell(i)
	}
	failed := 0.0
	if i.Status != "" {
		failed = 1
	}
	m.lambda.put(i.Started, "Invocations", "Count", 1)
	m.lambda.put(i.Started, "Errors", "Count", failed)
	m.lambda.put(i.Started, "Throttles", "Count", 0)
	m.lambda.put(i.Started, "Duration", "Milliseconds", milliseconds(i.Duration))
	m.lambda.put(i.Started, "ConcurrentExecutions", "Count", float64(i.Concurrent))
}

// exchange publishes the front's metrics of one request.
func (m *meter) exchange(x exchange) {
	if x.throttled {
		m.lambda.put(x.started, "Throttles", "Count", 1)
	}
	switch m.kind {
	case front.APIGatewayREST, front.APIGatewayNonProxy:
		m.gateway(x, "4XXError", "5XXError")
	case front.APIGatewayHTTP:
		m.gateway(x, "4xx", "5xx")
		m.service.put(x.started, "DataProcessed", "Bytes", float64(x.bytesIn+x.bytesOut))
	case front.ALB:
		m.load(x)
	case front.FunctionURL:
		m.service.put(x.started, "UrlRequestCount", "Count", 1)
		m.service.put(x.started, "UrlRequestLatency", "Milliseconds", milliseconds(x.latency))
		m.classes(x, "Url4xxError", "Url5xxError", "Count", 1)
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction:
		m.distribution(x)
	}
}

// distribution publishes what CloudFront counts: it has downloads for GET, HEAD
// and OPTIONS only, and uploads for POST and PUT.
func (m *meter) distribution(x exchange) {
	down, up, failed := 0, 0, 0.0
	switch x.method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		down = x.bytesOut
	case http.MethodPost, http.MethodPut:
		up = x.bytesIn
	}
	if x.answer.Status >= 400 {
		failed = 100
	}
	m.service.put(x.started, "Requests", "None", 1)
	m.service.put(x.started, "BytesDownloaded", "None", float64(down))
	m.service.put(x.started, "BytesUploaded", "None", float64(up))
	m.service.put(x.started, "TotalErrorRate", "Percent", failed)
	m.classes(x, "4xxErrorRate", "5xxErrorRate", "Percent", 100)
}

func (m *meter) gateway(x exchange, class4, class5 string) {
	m.service.put(x.started, "Count", "Count", 1)
	m.service.put(x.started, "Latency", "Milliseconds", milliseconds(x.latency))
	if x.invoked {
		m.service.put(x.started, "IntegrationLatency", "Milliseconds", milliseconds(x.integration))
	}
	m.classes(x, class4, class5, "Count", 1)
}

// classes publishes whether the answer was of the 4xx and the 5xx class; a
// value for every request, so that an average is the rate.
func (m *meter) classes(x exchange, class4, class5, unit string, weight float64) {
	of := func(class int) float64 {
		if x.answer.Status/100 == class {
			return weight
		}
		return 0
	}
	m.service.put(x.started, class4, unit, of(4))
	m.service.put(x.started, class5, unit, of(5))
}

// load publishes what a load balancer counts; most of its counters are reported
// only when they are not zero. Which failures are the function's (LambdaUserError)
// is the table of error reason codes, where a throttle and a body of more than
// 1 MB are, and Lambda's own failures, of which the lab has none, are not:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#error-reason-codes
func (m *meter) load(x exchange) {
	bytes := float64(x.bytesIn + x.bytesOut)
	m.service.put(x.started, "RequestCount", "Count", 1)
	if x.invoked {
		m.service.put(x.started, "TargetResponseTime", "Seconds", x.integration.Seconds())
		m.balancer.put(x.started, "LambdaTargetProcessedBytes", "Bytes", bytes)
	}
	m.balancer.put(x.started, "ProcessedBytes", "Bytes", bytes)
	class := string(rune('0'+x.answer.Status/100)) + "XX_Count"
	m.service.count(x.started, "HTTPCode_Target_"+class, x.fault == 0)
	m.balancer.count(x.started, "HTTPCode_ELB_"+class, x.fault != 0)
	switch x.fault {
	case front.FunctionError, front.BadResult, front.Throttled, front.RequestTooLarge, front.ResponseTooLarge:
		m.target.put(x.started, "LambdaUserError", "Count", 1)
	}
	m.minutes.bytes(x.started, x.bytesIn+x.bytesOut)
}

// connection follows the front's connections.
func (m *meter) connection(_ net.Conn, state http.ConnState) {
	if m.minutes == nil {
		return
	}
	now := time.Now()
	switch state {
	case http.StateNew:
		m.balancer.put(now, "NewConnectionCount", "Count", 1)
		m.minutes.opened(now)
	case http.StateClosed, http.StateHijacked:
		m.minutes.closed(now)
	}
}

// flush publishes what is computed by the minute, for minutes that ended before now.
func (m *meter) flush(now time.Time) {
	if m.minutes == nil {
		return
	}
	for _, u := range m.minutes.before(now) {
		if u.active > 0 {
			m.balancer.put(u.start, "ActiveConnectionCount", "Count", float64(u.active))
		}
		m.balancer.put(u.start, "ConsumedLCUs", "Count", u.lcus())
		// RuleEvaluations would be 0, which is not reported: the default rule is
		// not counted, and the lab's load balancer has no other.
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
