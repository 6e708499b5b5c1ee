package apply_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/deploy/apply"
)

// replicaReason is AWS's refusal as users saw it:
// https://github.com/terraform-aws-modules/terraform-aws-cloudfront/issues/126
const replicaReason = "Lambda was unable to delete arn:aws:lambda:us-east-1:123456789012:function:bench-small-1-edge:1 because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas. (Service: Lambda, Status Code: 400)"

// town is a fake in which stacks are there until they are deleted.
type town struct {
	*fake
	stacks map[string]string        // XML by name; all in us-east-1
	keeps  func(name string) bool   // whether a deletion fails, with replicaReason
	left   func(call) (int, string) // what has the tag besides stacks
	failed map[string]string        // token of the failed deletion by stack
	order  []string                 // stacks in the order in which their deletion was asked for
}

func newTown(t *testing.T, stacks map[string]string, keeps func(string) bool) *town {
	town := &town{stacks: stacks, keeps: keeps, failed: map[string]string{}}
	town.fake = newFake(t, map[string]func(call) (int, string){
		"GetResources":        town.tagged,
		"DescribeStacks":      town.describe,
		"DeleteStack":         town.delete,
		"DescribeStackEvents": town.events,
	})
	return town
}

// nameOf is the stack's name out of an id or a name.
func nameOf(id string) string {
	if parts := strings.Split(id, "/"); len(parts) > 1 {
		return parts[1]
	}
	return id
}

func (w *town) describe(c call) (int, string) {
	name := nameOf(c.form.Get("StackName"))
	text, ok := w.stacks[name]
	if !ok || c.region != "us-east-1" {
		return noStack(name)
	}
	return stacksXML(text)
}

// tagged lists the stacks in us-east-1 by their tags, one a page, as one that is gone is
// listed still, and what the test leaves besides.
func (w *town) tagged(c call) (int, string) {
	kinds, _ := c.json["ResourceTypeFilters"].([]any)
	if c.region != "us-east-1" {
		return 200, "{}"
	}
	if len(kinds) == 0 {
		if w.left == nil {
			return 200, "{}"
		}
		return w.left(c)
	}
	filter := c.json["TagFilters"].([]any)[0].(map[string]any)["Values"].([]any)[0].(string)
	names := []string{"bench-small-1-gone"}
	for name, text := range w.stacks {
		if strings.Contains(text, "<Value>"+filter+"</Value>") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	token, _ := c.json["PaginationToken"].(string)
	at := max(slices.Index(names, token), 0)
	next := ""
	if at+1 < len(names) {
		next = names[at+1]
	}
	return 200, fmt.Sprintf(`{"ResourceTagMappingList":[{"ResourceARN":%q}],"PaginationToken":%q}`, idOf(names[at]), next)
}

func (w *town) delete(c call) (int, string) {
	name := nameOf(c.form.Get("StackName"))
	w.order = append(w.order, name)
	if w.keeps(name) {
		w.failed[name] = c.form.Get("ClientRequestToken")
		w.stacks[name] = strings.ReplaceAll(w.stacks[name], "CREATE_COMPLETE", "DELETE_FAILED")
	} else {
		delete(w.stacks, name)
	}
	return 200, result("DeleteStack", "")
}

func (w *town) events(c call) (int, string) {
	name := nameOf(c.form.Get("StackName"))
	return eventsXML("",
		event(w.failed[name], "AWS::CloudFormation::Stack", name, "DELETE_FAILED", "The following resource(s) failed to delete: [Function]."),
		event(w.failed[name], "AWS::Lambda::Function", "Function", "DELETE_FAILED", replicaReason),
		event("earlier", "AWS::S3::Bucket", "Bucket", "CREATE_FAILED", "Long ago"))
}

func smallTown() map[string]string {
	function := "<Parameters><member><ParameterKey>FunctionName</ParameterKey><ParameterValue>bench-small-1-edge</ParameterValue></member></Parameters>"
	return map[string]string{
		"bench-small-1-edge":      stackXML("bench-small-1-edge", "CREATE_COMPLETE", "small-1", "edge", function),
		"bench-small-1-url":       stackXML("bench-small-1-url", "CREATE_COMPLETE", "small-1", "url"),
		"bench-small-1-artifacts": stackXML("bench-small-1-artifacts", "CREATE_COMPLETE", "small-1", ""),
		"bench-small-1-x-url":     stackXML("bench-small-1-x-url", "CREATE_COMPLETE", "small-1-x", "url"),
	}
}

// A function whose replicas still exist keeps its stack and no other, and is no error
// of ours; what is another deployment's stays, though its name begins like ours. Fronts
// go before what they share.
func TestReplicasKeepTheirStackAlone(t *testing.T) {
	town := newTown(t, smallTown(), func(name string) bool { return name == "bench-small-1-edge" })
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	if err != nil || !slices.Equal(left.Replicated, []string{"bench-small-1-edge"}) || len(left.Unseen) != 0 || left.Empty() {
		t.Errorf("%+v, %v", left, err)
	}
	if len(town.stacks) != 2 || town.stacks["bench-small-1-x-url"] == "" || town.stacks["bench-small-1-edge"] == "" {
		t.Errorf("left: %v", town.stacks)
	}
	if n := len(town.order); n != 3 || town.order[2] != "bench-small-1-artifacts" {
		t.Errorf("deleted in the order %q", town.order)
	}
}

// With time to wait the deletion is tried again until CloudFront has let go.
func TestReplicasAreWaitedFor(t *testing.T) {
	tries := 0
	town := newTown(t, smallTown(), func(name string) bool {
		if name == "bench-small-1-edge" {
			tries++
		}
		return name == "bench-small-1-edge" && tries < 3
	})
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1", Wait: time.Minute})
	if err != nil || !left.Empty() || tries != 3 || len(town.stacks) != 1 {
		t.Errorf("%+v, %v after %d tries, left %v", left, err, tries, town.stacks)
	}
}

// A deployment that is gone is no error.
func TestDestroyOfNothing(t *testing.T) {
	town := newTown(t, map[string]string{}, nil)
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1", Regions: []string{"ap-northeast-3"}})
	if err != nil || !left.Empty() || len(town.order) != 0 {
		t.Errorf("%+v, %v, %q", left, err, town.order)
	}
	if town.count("ap-northeast-3", "GetResources") < 2 || town.count("ap-northeast-3", "DescribeLogGroups") == 0 {
		t.Errorf("ap-northeast-3 was not looked at: %q", town.calls)
	}
}

// What is left is named, page by page, by the tag of each service: resources, roles and
// log groups, and log groups of ours that have no tags are deleted, in every Region where
// the edge writes.
func TestRemains(t *testing.T) {
	town := newTown(t, smallTown(), func(string) bool { return false })
	groups := map[string]bool{"/aws/lambda/us-east-1.bench-small-1-edge": true, "/aws/lambda/us-east-1.bench-small-1-edge-2": true}
	town.left = func(c call) (int, string) {
		if c.json["PaginationToken"] == "2" {
			return 200, `{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/T"}],"PaginationToken":""}`
		}
		return 200, `{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:s3:::b"}],"PaginationToken":"2"}`
	}
	town.does["ListRoles"] = func(c call) (int, string) {
		if c.form.Get("PathPrefix") != "/bench/" {
			return refusal(400, "ValidationError", "want the path of our roles")
		}
		role := func(name string) string {
			return "<member><Path>/bench/</Path><RoleName>" + name + "</RoleName><RoleId>R</RoleId><Arn>arn:aws:iam::123456789012:role/bench/" + name + "</Arn><CreateDate>2026-11-29T07:00:00Z</CreateDate></member>"
		}
		return 200, result("ListRoles", "<IsTruncated>false</IsTruncated><Roles>"+role("ours")+role("theirs")+"</Roles>")
	}
	town.does["ListRoleTags"] = func(c call) (int, string) {
		of := map[string]string{"ours": "small-1", "theirs": "small-1-x"}[c.form.Get("RoleName")]
		return 200, result("ListRoleTags", "<Tags><member><Key>bench:deployment</Key><Value>"+of+"</Value></member></Tags><IsTruncated>false</IsTruncated>")
	}
	town.does["DescribeLogGroups"] = func(c call) (int, string) {
		var found []string
		for name := range groups {
			if groups[name] && c.region == "sa-east-1" && strings.HasPrefix(name, c.json["logGroupNamePrefix"].(string)) {
				found = append(found, `{"logGroupName":"`+name+`","arn":"arn:aws:logs:sa-east-1:123456789012:log-group:`+name+`:*"}`)
			}
		}
		return 200, `{"logGroups":[` + strings.Join(found, ",") + `]}`
	}
	town.does["DeleteLogGroup"] = func(c call) (int, string) {
		groups[c.json["logGroupName"].(string)] = false
		return 200, ""
	}
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	want := []string{"arn:aws:dynamodb:us-east-1:123456789012:table/T", "arn:aws:iam::123456789012:role/bench/ours", "arn:aws:s3:::b"}
	if err != nil || !slices.Equal(left.ARNs, want) || len(left.Unseen) != 0 {
		t.Errorf("%+v, %v, want %q", left, err, want)
	}
	if groups["/aws/lambda/us-east-1.bench-small-1-edge"] || !groups["/aws/lambda/us-east-1.bench-small-1-edge-2"] {
		t.Errorf("log groups: %v, want ours gone and no other", groups)
	}
}

// What the service of tags shows still, and its own service does not know any more, is
// gone; what nobody may ask for is taken to be there.
// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html,
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html,
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistribution.html,
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DescribeFunction.html
func TestStaleTags(t *testing.T) {
	arns := map[string]bool{ // and whether it is there
		"arn:aws:cloudformation:us-east-1:123456789012:stack/bench-small-1-gone/1":                              false,
		"arn:aws:lambda:us-east-1:123456789012:function:gone":                                                   false,
		"arn:aws:lambda:us-east-1:123456789012:function:there":                                                  true,
		"arn:aws:lambda:us-east-1:123456789012:function:denied":                                                 true,
		"arn:aws:dynamodb:us-east-1:123456789012:table/Gone":                                                    false,
		"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/bench-small-1-alb/50dc6c495c0c91": false,
		"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/bench-small-1-alb/73e2d6bc24d8a067":    false,
		"arn:aws:cloudfront::123456789012:distribution/EGONE":                                                   false,
		"arn:aws:cloudfront::123456789012:function/gone":                                                        false,
		"arn:aws:cloudfront::123456789012:function/there":                                                       true,
		"arn:aws:s3:::gone":                            false,
		"arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1": true,
	}
	town := newTown(t, map[string]string{}, nil)
	town.left = func(call) (int, string) {
		var all []string
		for arn := range arns {
			all = append(all, fmt.Sprintf(`{"ResourceARN":%q}`, arn))
		}
		return 200, `{"ResourceTagMappingList":[` + strings.Join(all, ",") + `]}`
	}
	function := func(status int, text string) func(call) (int, string) {
		return func(call) (int, string) { return status, text }
	}
	const path = "GET /2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:"
	town.does[path+"gone/configuration"] = function(404, `{"__type":"ResourceNotFoundException","Message":"Function not found"}`)
	town.does[path+"there/configuration"] = function(200, `{"FunctionName":"there"}`)
	town.does[path+"denied/configuration"] = function(403, `{"__type":"AccessDeniedException","Message":"not authorized"}`)
	town.does["DescribeTable"] = function(400, `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}`)
	town.does["DescribeLoadBalancers"] = func(call) (int, string) {
		return refusal(400, "LoadBalancerNotFound", "One or more load balancers not found")
	}
	town.does["DescribeTargetGroups"] = func(call) (int, string) {
		return refusal(400, "TargetGroupNotFound", "One or more target groups not found")
	}
	town.does["GET /2020-05-31/distribution/EGONE"] = func(call) (int, string) {
		return refusal(404, "NoSuchDistribution", "The specified distribution does not exist.")
	}
	town.does["GET /2020-05-31/function/gone/describe"] = func(call) (int, string) {
		return refusal(404, "NoSuchFunctionExists", "The specified function does not exist.")
	}
	town.does["GET /2020-05-31/function/there/describe"] = func(call) (int, string) {
		return 200, "<FunctionSummary><Name>there</Name></FunctionSummary>"
	}
	town.does["HEAD /gone"] = function(404, "")
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	var want []string
	for arn, there := range arns {
		if there {
			want = append(want, arn)
		}
	}
	slices.Sort(want)
	if err != nil || !slices.Equal(left.ARNs, want) {
		t.Errorf("left %q, %v, want %q", left.ARNs, err, want)
	}
}

// Where nobody could look, nothing is proved, and it is said.
func TestUnseen(t *testing.T) {
	town := newTown(t, map[string]string{}, nil)
	town.does["GetResources"] = func(c call) (int, string) {
		if c.region == "sa-east-1" && c.json["ResourceTypeFilters"] == nil {
			return 400, `{"__type":"AccessDeniedException","message":"denied by a service control policy"}`
		}
		return 200, "{}"
	}
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	if err != nil || left.Empty() || len(left.Unseen) != 1 || !strings.Contains(left.Unseen[0], "sa-east-1") {
		t.Errorf("%+v, %v", left, err)
	}
}

// Tags of what is gone are shown for a while: it is looked again.
func TestSettles(t *testing.T) {
	town := newTown(t, map[string]string{}, nil)
	asked := 0
	town.left = func(call) (int, string) {
		if asked++; asked > 2 {
			return 200, "{}"
		}
		return 200, `{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:s3:::b"}]}`
	}
	pace := hurried()
	pace.Settle = time.Minute
	left, err := open(t, pace).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	if err != nil || !left.Empty() || asked != 3 {
		t.Errorf("%+v, %v after %d looks", left, err, asked)
	}
}
