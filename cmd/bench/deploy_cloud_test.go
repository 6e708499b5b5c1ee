package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// cloudStandIn answers as AWS does what deploy and destroy call: every stack stands or is
// gone at once. Its forms are those of
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
type cloudStandIn struct {
	front string // the address of every front

	mu      sync.Mutex
	stacks  map[string]string // tags in XML, by the name
	objects map[string]int    // bytes, by bucket and key
	fails   map[string]string // reason by stack: what is made of it fails, what is deleted of it stays
	did     []string          // actions that change something
}

// newCloudStandIn has the SDK call it. The fronts of its stacks are at the address.
func newCloudStandIn(t *testing.T, front string) *cloudStandIn {
	t.Helper()
	c := &cloudStandIn{front: front, stacks: map[string]string{}, objects: map[string]int{}, fails: map[string]string{}}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "nobody's",
		"AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(name, value)
	}
	return c
}

func (c *cloudStandIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case r.Method == http.MethodHead && c.objects[r.URL.Path] == 0:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodPut:
		c.objects[r.URL.Path] = len(body)
	case r.Method == http.MethodGet:
		_, _ = io.WriteString(w, "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>")
	case r.Header.Get("X-Amz-Target") != "":
		_, _ = io.WriteString(w, c.tagged(string(body), r.Header.Get("Authorization")))
	case r.Method == http.MethodPost:
		status, text := c.act(form)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

// tagged lists the stacks, all in us-east-1, as the service of tags does.
func (c *cloudStandIn) tagged(body, signature string) string {
	if !strings.Contains(body, "cloudformation:stack") || !strings.Contains(signature, "/us-east-1/") {
		return "{}"
	}
	var all []string
	for name := range c.stacks {
		all = append(all, fmt.Sprintf(`{"ResourceARN":%q}`, "arn:aws:cloudformation:us-east-1:123456789012:stack/"+name+"/1"))
	}
	return `{"ResourceTagMappingList":[` + strings.Join(all, ",") + `]}`
}

func (c *cloudStandIn) act(form url.Values) (int, string) {
	action, name := form.Get("Action"), form.Get("StackName")
	if parts := strings.Split(name, "/"); len(parts) > 1 {
		name = parts[1]
	}
	if action != "DescribeStacks" && action != "GetCallerIdentity" && action != "ListRoles" && action != "DescribeStackEvents" {
		c.did = append(c.did, action+" "+name)
	}
	reason, fails := c.fails[name]
	result := ""
	switch action {
	case "GetCallerIdentity":
		result = "<Account>123456789012</Account>"
	case "CreateStack", "UpdateStack":
		tags := ""
		for i := 1; form.Has(fmt.Sprintf("Tags.member.%d.Key", i)); i++ {
			tags += fmt.Sprintf("<member><Key>%s</Key><Value>%s</Value></member>", form.Get(fmt.Sprintf("Tags.member.%d.Key", i)), form.Get(fmt.Sprintf("Tags.member.%d.Value", i)))
		}
		c.stacks[name] = tags
		result = "<StackId>arn:aws:cloudformation:us-east-1:123456789012:stack/" + name + "/1</StackId>"
	case "DeleteStack":
		if !fails {
			delete(c.stacks, name)
		}
	case "DescribeStackEvents":
		result = "<StackEvents><member><StackId>s</StackId><EventId>e</EventId><StackName>s</StackName><Timestamp>2026-11-29T07:00:00Z</Timestamp><ResourceType>AWS::Lambda::Function</ResourceType><LogicalResourceId>Function</LogicalResourceId><ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>" + reason + "</ResourceStatusReason></member></StackEvents>"
	case "DescribeStacks":
		tags, ok := c.stacks[name]
		if !ok {
			return 400, "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id " + name + " does not exist</Message></Error></ErrorResponse>"
		}
		status := c.status(name, fails)
		outputs := ""
		for output, value := range map[string]string{"Bucket": "b", "Function": name, "Url": c.front} {
			outputs += "<member><OutputKey>" + output + "</OutputKey><OutputValue>" + value + "</OutputValue></member>"
		}
		result = "<Stacks><member><StackName>" + name + "</StackName><StackId>arn:aws:cloudformation:us-east-1:123456789012:stack/" + name + "/1</StackId><CreationTime>2026-11-29T07:00:00Z</CreationTime><StackStatus>" + status + "</StackStatus><Tags>" + tags + "</Tags><Outputs>" + outputs + "</Outputs></member></Stacks>"
	}
	return 200, fmt.Sprintf("<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", action, result)
}

// status is where the last action on a stack has brought it.
func (c *cloudStandIn) status(name string, fails bool) string {
	switch {
	case fails && slices.Contains(c.did, "DeleteStack "+name):
		return "DELETE_FAILED"
	case fails && slices.Contains(c.did, "CreateStack "+name):
		return "ROLLBACK_COMPLETE"
	case slices.Contains(c.did, "UpdateStack "+name):
		return "UPDATE_COMPLETE"
	}
	return "CREATE_COMPLETE"
}

func (c *cloudStandIn) fail(stack, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fails[stack] = reason
}
