package scenarios

// Deployed is where a front stands that somebody deployed: its address, the names under
// which CloudWatch knows it, and how requests prove who they are. The zero value is a
// front of the lab.
type Deployed struct {
	URL            string // without a slash at the end; "" is the lab
	Metrics        string // MetricsCloudWatch or MetricsNone; "" in the lab, which brings its own
	Function       string
	FunctionRegion string
	APIName        string
	APIID          string
	Stage          string
	LoadBalancer   string
	TargetGroup    string
	Distribution   string
	Functions      []DeployedFunction // at a distribution's other events; a targets file alone has them
	Auth           *Auth              // nil: requests go as they are
}

// Where the durations and counts of a deployed front come from.
const (
	MetricsCloudWatch = "cloudwatch"
	MetricsNone       = "none"
)

// Lab reports whether the front is one of the lab's and not a deployed one.
func (d Deployed) Lab() bool { return d.URL == "" }

func (d *Deployed) fields() []field {
	return append(append(d.address(), d.identifiers()...), d.access()...)
}

func (d *Deployed) address() []field {
	return []field{
		{name: "url", into: &d.URL, pattern: `^https?://\S+$`, want: "an address such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod",
			doc: "The address of a deployed front. Left out, the lab is measured. A slash at the end is dropped: a request's path follows."},
	}
}

func (d *Deployed) access() []field {
	return []field{
		{name: "auth", into: &d.Auth,
			doc:      "How requests to a deployed front prove who they are. It names secrets and never holds one. With url only.",
			examples: []string{`{"iam": {}}`, `{"api_key": {"env": "FRONT_API_KEY"}}`, `{"bearer": {"command": ["./token"]}}`}},
	}
}

// identifiers name a deployed front to CloudWatch.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-dimensions.html,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html,
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
func (d *Deployed) identifiers() []field {
	return []field{
		{name: "metrics", into: &d.Metrics, enum: []string{MetricsCloudWatch, MetricsNone}, derived: "cloudwatch, with url",
			doc: "Where durations and counts of a deployed front come from. With none only latencies are measured, no identifier is needed, and a bill is a lower bound. With url only."},
		{name: "function", into: &d.Function, pattern: `^[a-zA-Z0-9_-]{1,64}$`, want: "a function name such as hello, without account, version or the prefix us-east-1.",
			doc: "The Lambda function's name. With url only; every kind needs it."},
		{name: "function_region", into: &d.FunctionRegion, pattern: regionPattern, want: regionWant, derived: "region; of Lambda@Edge: found after the run",
			doc: "The Region whose CloudWatch holds the function's metrics. Those of Lambda@Edge are kept in each Region that answered: left out, every Region is asked. With url only."},
		{name: "api_name", into: &d.APIName, pattern: `\S`, want: "the REST API's name", doc: "CloudWatch's ApiName. The REST kinds with url need it."},
		{name: "api_id", into: &d.APIID, pattern: `^[a-z0-9]+$`, want: "the HTTP API's id such as a1b2c3d4", doc: "CloudWatch's ApiId. apigw-http with url needs it."},
		{name: "stage", into: &d.Stage, pattern: `^(\$default|[a-zA-Z0-9_-]{1,128})$`, want: "a stage such as prod or $default", doc: "CloudWatch's Stage. The REST kinds and apigw-http with url need it."},
		{name: "load_balancer", into: &d.LoadBalancer, pattern: `^app/[^/\s]+/[0-9a-f]+$`, want: "the end of the load balancer's ARN, such as app/front/50dc6c495c0c9188", doc: "CloudWatch's LoadBalancer. alb with url needs it."},
		{name: "target_group", into: &d.TargetGroup, pattern: `^targetgroup/[^/\s]+/[0-9a-f]+$`, want: "the end of the target group's ARN, such as targetgroup/hello/73e2d6bc24d8a067", doc: "CloudWatch's TargetGroup. alb with url needs it."},
		{name: "distribution", into: &d.Distribution, pattern: `^[A-Z0-9]+$`, want: "a distribution's id such as EDFDVBD6EXAMPLE", doc: "CloudWatch's DistributionId. The edge kinds with url need it."},
	}
}
