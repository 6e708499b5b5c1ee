package lab

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/telemetry"
)

// unpublished are the metrics that AWS reports only when they are not zero, and
// that two answers of 200 leave at zero. Their "reporting criteria" are on
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
func unpublished() map[string]string {
	return map[string]string{
		"HTTPCode_ELB_4XX_Count":    "the load balancer refused nothing",
		"HTTPCode_ELB_5XX_Count":    "no invocation failed",
		"HTTPCode_Target_3XX_Count": "the function redirected nobody",
		"HTTPCode_Target_4XX_Count": "the function refused nothing",
		"HTTPCode_Target_5XX_Count": "the function did not fail",
		"LambdaUserError":           "no invocation failed",
		"IncomingBytes":             "is of CloudWatch Logs, whose takings the lab counts by the files themselves",
		"LambdaInternalError":       "counts Lambda's own failures, of which the lab has none",
		"RuleEvaluations":           "the default rule is not counted, and the lab's load balancer has no other",
	}
}

// Whatever is read of a front on AWS, the lab publishes under the same name, in
// the same unit, under the same dimensions and in the same Region. What AWS
// publishes is telemetry's table, which cites AWS's pages.
func TestEveryMetricIsPublished(t *testing.T) {
	eachKind(t, func(t *testing.T, kind front.Kind) {
		f := fronts(t, "hello", kind)[0]
		f.Region = "eu-west-1" // not the Region of CloudFront's metrics
		l := serveLogged(t, f)
		get(t, l.url(0))
		get(t, l.url(0))
		l.Settle()
		l.Flush()
		wanted := telemetry.Metrics(recorded(l.Fronts()[0]))
		if len(wanted) == 0 {
			t.Fatal("nothing is read of this kind")
		}
		for _, w := range wanted {
			values := l.read(t, w)
			reason, absent := unpublished()[w.Name]
			switch {
			case absent && len(values) > 0:
				t.Errorf("%s %s: %v, want nothing: %s", w.Stat, w.Name, values, reason)
			case !absent && len(values) == 0:
				t.Errorf("%s %s in %s under %v in Region %s was not published", w.Stat, w.Name, w.Unit, w.Dimensions, w.Region)
			}
			w.Region = "ap-south-1"
			if values := l.read(t, w); len(values) > 0 {
				t.Errorf("%s is in Region %s too: %v", w.Name, w.Region, values)
			}
		}
	})
}

// dimensions are the sets of dimensions under which AWS publishes, Availability
// Zones and the account's totals left out. Those of the load balancer differ by
// metric: AWS's list of metrics and dimensions by resource,
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ (supported
// metrics of AWS/ApplicationELB), has them.
func dimensions(namespace, name string) []string {
	switch namespace {
	case "AWS/Lambda":
		return []string{"FunctionName", "FunctionName Resource"}
	case "AWS/ApiGateway":
		return []string{"ApiName", "ApiName Stage", "ApiId", "ApiId Stage"}
	case "AWS/CloudFront":
		return []string{"DistributionId Region"}
	}
	switch name {
	case "RequestCount", "TargetResponseTime", "HTTPCode_Target_2XX_Count", "HTTPCode_Target_4XX_Count":
		return []string{"LoadBalancer", "LoadBalancer TargetGroup"}
	case "LambdaUserError":
		return []string{"LoadBalancer TargetGroup", "TargetGroup"}
	}
	return []string{"LoadBalancer"}
}

func TestMetricsHaveAWSDimensions(t *testing.T) {
	eachKind(t, func(t *testing.T, kind front.Kind) {
		l := serveLogged(t, fronts(t, "hello", kind)[0])
		get(t, l.url(0))
		request(t, "POST", l.url(0), "no")                         // 405
		request(t, "POST", l.url(0), strings.Repeat("x", 1<<20+1)) // 413 at the load balancer
		l.Settle()
		l.Flush()
		var out struct{ Metrics []metric }
		l.call(t, "us-east-1", "ListMetrics", map[string]any{}, &out)
		if len(out.Metrics) == 0 {
			t.Fatal("no metrics")
		}
		seen := map[string][]string{}
		for _, m := range out.Metrics {
			var names []string
			for _, d := range m.Dimensions {
				names = append(names, d.Name)
			}
			slices.Sort(names)
			seen[m.Namespace+" "+m.MetricName] = append(seen[m.Namespace+" "+m.MetricName], strings.Join(names, " "))
		}
		for id, sets := range seen {
			namespace, name, _ := strings.Cut(id, " ")
			want := dimensions(namespace, name)
			for _, set := range sets {
				if !slices.Contains(want, set) {
					t.Errorf("%s has the dimensions %q, want one of %q", id, set, want)
				}
			}
			if namespace == "AWS/ApplicationELB" && len(sets) != len(want) {
				t.Errorf("%s is under %q, want %q", id, sets, want)
			}
		}
	})
}

// Three answers of 200, two of 405 and, at another front of the same kind, one
// failed invocation.
func TestErrorMetrics(t *testing.T) {
	want := map[front.Kind]struct{ refused, failed map[string]float64 }{
		front.APIGatewayREST: {
			map[string]float64{"Count": 5, "4XXError": 2, "5XXError": 0},
			map[string]float64{"Count": 1, "4XXError": 0, "5XXError": 1}},
		// What a non-proxy handler refuses, it fails, and the client gets 200.
		front.APIGatewayNonProxy: {
			map[string]float64{"Count": 5, "4XXError": 0, "5XXError": 0, "Errors": 2},
			map[string]float64{"Count": 1, "4XXError": 0, "5XXError": 0}},
		front.APIGatewayHTTP: {
			map[string]float64{"Count": 5, "4xx": 2, "5xx": 0},
			map[string]float64{"Count": 1, "4xx": 0, "5xx": 1}},
		front.FunctionURL: {
			map[string]float64{"UrlRequestCount": 5, "Url4xxError": 2, "Url5xxError": 0},
			map[string]float64{"UrlRequestCount": 1, "Url4xxError": 0, "Url5xxError": 1}},
		front.ALB: {
			map[string]float64{"RequestCount": 5, "HTTPCode_Target_2XX_Count": 3, "HTTPCode_Target_4XX_Count": 2},
			map[string]float64{"RequestCount": 1, "HTTPCode_ELB_5XX_Count": 1, "LambdaUserError": 1}},
		// The sum of a rate over 5 requests, 2 of them refused: 200 %.
		front.EdgeViewerRequest: {
			map[string]float64{"Requests": 5, "4xxErrorRate": 200, "5xxErrorRate": 0},
			map[string]float64{"Requests": 1, "4xxErrorRate": 0, "5xxErrorRate": 100}},
		front.EdgeOriginRequest: {
			map[string]float64{"Requests": 5, "4xxErrorRate": 200, "5xxErrorRate": 0},
			map[string]float64{"Requests": 1, "4xxErrorRate": 0, "5xxErrorRate": 100}},
	}
	eachKind(t, func(t *testing.T, kind front.Kind) {
		failing := rawFront(t, kind, "errors")
		failing.ID = "failing"
		l := serveLogged(t, fronts(t, "hello", kind)[0], failing)
		for range 3 {
			get(t, l.url(0))
		}
		for range 2 {
			request(t, "POST", l.url(0), "")
		}
		get(t, l.url(1))
		for name, v := range map[string]float64{"Invocations": 5, "Errors": 0, "Throttles": 0} {
			if _, own := want[kind].refused[name]; !own {
				want[kind].refused[name] = v
			}
		}
		for name, v := range map[string]float64{"Invocations": 1, "Errors": 1, "Throttles": 0} {
			want[kind].failed[name] = v
		}
		l.has(t, l.Fronts()[0], want[kind].refused)
		l.has(t, l.Fronts()[1], want[kind].failed)
	})
}

// What the function answers, and what the load balancer does in its place, are
// different metrics.
func TestALBClassMetrics(t *testing.T) {
	list := []Front{fronts(t, "hello", front.ALB)[0]}
	for _, result := range []string{
		`{"statusCode":302,"statusDescription":"302 Found","headers":{"location":"/"},"body":"","isBase64Encoded":false}`,
		`{"statusCode":500,"statusDescription":"500 Internal Server Error","headers":{},"body":"","isBase64Encoded":false}`,
		`"no object"`,
	} {
		f := rawFront(t, front.ALB, "returns", result)
		f.ID = "raw-" + string(rune('a'+len(list)))
		list = append(list, f)
	}
	l := serveLogged(t, list...)
	request(t, "POST", l.url(0), strings.Repeat("x", 1<<20+1))
	for i := range list {
		get(t, l.url(i))
	}
	for i, want := range []map[string]float64{
		{"HTTPCode_ELB_4XX_Count": 1, "HTTPCode_Target_2XX_Count": 1, "LambdaUserError": 1, "Invocations": 1, "RequestCount": 2},
		{"HTTPCode_Target_3XX_Count": 1},
		{"HTTPCode_Target_5XX_Count": 1},
		{"HTTPCode_ELB_5XX_Count": 1, "LambdaUserError": 1, "Invocations": 1, "Errors": 0},
	} {
		l.has(t, l.Fronts()[i], want)
	}
	for _, name := range []string{"HTTPCode_ELB_5XX_Count", "LambdaUserError"} {
		if got := l.sum(t, l.Fronts()[2], name); got != nil {
			t.Errorf("%s is %v where the function itself answered 500", name, *got)
		}
	}
}

// exchangeRaw sends bytes and returns those that came back: what the services
// that count bytes have to count.
func exchangeRaw(t testing.TB, url, sent string) (received int) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	counted := &counter{r: conn}
	in := bufio.NewReader(counted)
	resp, err := http.ReadResponse(in, &http.Request{Method: strings.Fields(sent)[0]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return counted.n - in.Buffered()
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

// The services' byte counters are the bytes on the wire. CloudFront's go by method.
func TestBytesOnTheWire(t *testing.T) {
	const (
		gets  = "GET /a/b?c=d&e HTTP/1.1\r\nHost: api.example.com\r\nUser-Agent: bench\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n"
		heads = "HEAD / HTTP/1.1\r\nHost: api.example.com\r\n\r\n"
		posts = "POST / HTTP/1.1\r\nHost: api.example.com\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
	)
	for _, kind := range []front.Kind{front.APIGatewayHTTP, front.ALB, front.EdgeViewerRequest} {
		t.Run(string(kind), func(t *testing.T) {
			l := serveLogged(t, fronts(t, "hello", kind)[0])
			got, headed, posted := exchangeRaw(t, l.url(0), gets), exchangeRaw(t, l.url(0), heads), exchangeRaw(t, l.url(0), posts)
			all := float64(len(gets) + len(heads) + len(posts) + got + headed + posted)
			l.has(t, l.Fronts()[0], map[front.Kind]map[string]float64{
				front.APIGatewayHTTP:    {"DataProcessed": all},
				front.ALB:               {"ProcessedBytes": all, "LambdaTargetProcessedBytes": all},
				front.EdgeViewerRequest: {"BytesDownloaded": float64(got + headed), "BytesUploaded": float64(len(posts))},
			}[kind])
		})
	}
}
