package apply_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// fake answers as AWS does what moto cannot: failures. It speaks the two protocols
// that the calls of this package have, Query and JSON, in the forms of the services'
// references: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html,
// https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
type fake struct {
	mu    sync.Mutex
	calls []string // "REGION Action", in the order in which they came
	does  map[string]func(call) (int, string)
}

// call is one request.
type call struct {
	region string
	form   url.Values // of the Query protocol
	json   map[string]any
	body   string
	n      int // which call of its action it is, from 1
}

var scope = regexp.MustCompile(`Credential=[^/]+/\d+/([^/]+)/`)

// newFake serves what each action does; without one an action gives an empty list, and
// the caller is account 123456789012.
func newFake(t *testing.T, does map[string]func(call) (int, string)) *fake {
	t.Helper()
	f := &fake{does: does}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	pointAt(t, server.URL)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c := call{body: string(body)}
	if m := scope.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		c.region = m[1]
	}
	target := r.Header.Get("X-Amz-Target")
	action := target[strings.LastIndexByte(target, '.')+1:]
	if target == "" {
		c.form, _ = url.ParseQuery(string(body))
		action = c.form.Get("Action")
		if action == "" {
			action = r.Method + " " + r.URL.Path // of the services that have no actions
		}
	} else {
		_ = json.Unmarshal(body, &c.json)
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	}
	status, text := f.counted(action, c)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// counted answers one call at a time.
func (f *fake) counted(action string, c call) (int, string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, c.region+" "+action)
	for _, each := range f.calls {
		if strings.HasSuffix(each, " "+action) {
			c.n++
		}
	}
	return f.answer(action, c)
}

func (f *fake) answer(action string, c call) (int, string) {
	if do, ok := f.does[action]; ok {
		return do(c)
	}
	switch action {
	case "GetCallerIdentity":
		return 200, result(action, "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/a</Arn><UserId>A</UserId>")
	case "GetResources", "DescribeLogGroups", "ListTagsForResource":
		return 200, "{}"
	case "GET /2020-05-31/cache-policy":
		return 200, "<CachePolicyList><MaxItems>100</MaxItems><Quantity>0</Quantity></CachePolicyList>"
	case "GET /2020-05-31/origin-access-control":
		return 200, "<OriginAccessControlList><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems><Quantity>0</Quantity></OriginAccessControlList>"
	case "DescribeStacks", "ListRoles":
		return 200, result(action, "")
	}
	return refusal(400, "InvalidAction", "the fake has no "+action)
}

// count is how often an action was called, in a Region or, with "", in all.
func (f *fake) count(region, action string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, each := range f.calls {
		if strings.HasPrefix(each, region) && strings.HasSuffix(each, " "+action) {
			n++
		}
	}
	return n
}

// before reports whether the first call of one action came before that of another.
func (f *fake) before(one, other string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := func(action string) int {
		return slices.IndexFunc(f.calls, func(c string) bool { return strings.HasSuffix(c, " "+action) })
	}
	return at(one) >= 0 && at(one) < at(other)
}

func result(action, inner string) string {
	return fmt.Sprintf("<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%[1]sResponse>", action, inner)
}

// refusal is an error of the Query protocol.
func refusal(status int, code, message string) (int, string) {
	return status, fmt.Sprintf("<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>", code, message)
}

// noStack is what CloudFormation says of a name that it does not know.
func noStack(name string) (int, string) {
	return refusal(400, "ValidationError", "Stack with id "+name+" does not exist")
}

// stackXML is a stack as DescribeStacks lists it; tags are those of the deployment and,
// where front is given, of the front.
func stackXML(name, status, deployment, front string, rest ...string) string {
	tags := "<member><Key>bench:deployment</Key><Value>" + deployment + "</Value></member>"
	if front != "" {
		tags += "<member><Key>bench:front</Key><Value>" + front + "</Value></member>"
	}
	return fmt.Sprintf("<member><StackName>%s</StackName><StackId>%s</StackId><CreationTime>2026-11-29T07:00:00Z</CreationTime><StackStatus>%s</StackStatus><Tags>%s</Tags>%s</member>",
		name, idOf(name), status, tags, strings.Join(rest, ""))
}

func idOf(name string) string {
	return "arn:aws:cloudformation:us-east-1:123456789012:stack/" + name + "/1"
}

func stacksXML(members ...string) (int, string) {
	return 200, result("DescribeStacks", "<Stacks>"+strings.Join(members, "")+"</Stacks>")
}

func output(name, value string) string {
	return "<Outputs><member><OutputKey>" + name + "</OutputKey><OutputValue>" + value + "</OutputValue></member></Outputs>"
}

// event is an event of a stack.
func event(token, kind, logical, status, reason string) string {
	return fmt.Sprintf("<member><StackId>s</StackId><EventId>e</EventId><StackName>s</StackName><Timestamp>2026-11-29T07:00:00Z</Timestamp><ClientRequestToken>%s</ClientRequestToken><ResourceType>%s</ResourceType><LogicalResourceId>%s</LogicalResourceId><ResourceStatus>%s</ResourceStatus><ResourceStatusReason>%s</ResourceStatusReason></member>",
		token, kind, logical, status, reason)
}

func eventsXML(next string, members ...string) (int, string) {
	inner := "<StackEvents>" + strings.Join(members, "") + "</StackEvents>"
	if next != "" {
		inner += "<NextToken>" + next + "</NextToken>"
	}
	return 200, result("DescribeStackEvents", inner)
}
