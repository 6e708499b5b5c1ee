package apply_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"
)

// notMade is the types of resources that moto 5.2.1 leaves out without a word, while the
// stack says CREATE_COMPLETE: nothing about them is proved by a test on it. The test of
// the templates in package deploy and cfn-lint look at those.
func notMade() []string {
	return []string{"AWS::ApiGateway::ApiKey", "AWS::ApiGateway::Stage", "AWS::ApiGateway::UsagePlan", "AWS::ApiGateway::UsagePlanKey",
		"AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage",
		"AWS::CloudFront::CachePolicy", "AWS::CloudFront::Distribution", "AWS::CloudFront::Function", "AWS::CloudFront::OriginAccessControl", "AWS::CloudWatch::Alarm", "AWS::Lambda::Url",
		"AWS::S3::BucketPolicy", "AWS::SNS::Subscription"}
}

// cutter stands before moto and takes out of templates what stops it: resources of
// types that it lacks, for which a made-up text stands wherever they are named, and list
// items that are AWS::NoValue. Cache policies, which moto knows nothing of, it lists none
// of. All else, and every other request, gets to moto as it is.
type cutter struct {
	moto *httputil.ReverseProxy

	mu    sync.Mutex
	types map[string]bool // of the resources in every template that came by
}

func newCutter(t *testing.T, endpoint string) *cutter {
	t.Helper()
	at, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return &cutter{moto: httputil.NewSingleHostReverseProxy(at), types: map[string]bool{}}
}

func (c *cutter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/cache-policy") {
		fmt.Fprint(w, "<CachePolicyList><Quantity>0</Quantity></CachePolicyList>")
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if form, err := url.ParseQuery(string(body)); err == nil && form.Has("TemplateBody") {
		text, err := c.cut(form)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		form.Set("TemplateBody", text)
		body = []byte(form.Encode())
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.Header.Set("Content-Length", fmt.Sprint(len(body)))
	c.moto.ServeHTTP(w, r)
}

// seen is the types of resources that came by, sorted.
func (c *cutter) seen() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.types))
}

func (c *cutter) cut(form url.Values) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(form.Get("TemplateBody")), &doc); err != nil {
		return "", err
	}
	root := doc.Content[0]
	conditions := conditionsOf(root, parametersOf(root, form))
	prune(root, conditions)
	gone := map[string]bool{}
	resources := child(root, "Resources")
	keep(resources, func(name string, r *yaml.Node) bool {
		kind := child(r, "Type").Value
		c.mu.Lock()
		c.types[kind] = true
		c.mu.Unlock()
		gone[name] = slices.Contains(notMade(), kind)
		return !gone[name]
	})
	stub(resources, gone)
	stub(child(root, "Outputs"), gone)
	text, err := yaml.Marshal(&doc)
	return string(text), err
}

// unknownAttributes is the attributes of resources that moto makes and does not know.
func unknownAttributes() []string {
	return []string{"LoadBalancerFullName", "TargetGroupFullName", "Version"}
}

// stub puts a made-up text wherever something that is gone is named, or an attribute
// that moto does not know.
func stub(n *yaml.Node, gone map[string]bool) {
	made := yaml.Node{Kind: yaml.ScalarNode, Value: "https://not-made-by-moto.invalid"}
	owner, attribute, _ := strings.Cut(n.Value, ".")
	switch {
	case n.Tag == "!Ref" && gone[n.Value], n.Tag == "!GetAtt" && (gone[owner] || slices.Contains(unknownAttributes(), attribute)):
		*n = made
	case n.Tag == "!Sub":
		for _, m := range variable.FindAllStringSubmatch(n.Value, -1) {
			if gone[m[1]] {
				n.Value = strings.ReplaceAll(n.Value, m[0], "not-made-by-moto")
			}
		}
	}
	for _, each := range n.Content {
		stub(each, gone)
	}
}

// variable is ${NAME} or ${NAME.ATTRIBUTE} in a text.
var variable = regexp.MustCompile(`\$\{(\w+)[^}]*\}`)

// child is the value of a key of a mapping; an empty node when there is none.
func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return &yaml.Node{}
}

// keep leaves in a mapping what ok says.
func keep(n *yaml.Node, ok func(key string, value *yaml.Node) bool) {
	var kept []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if ok(n.Content[i].Value, n.Content[i+1]) {
			kept = append(kept, n.Content[i], n.Content[i+1])
		}
	}
	n.Content = kept
}

// parametersOf is the values of a call's parameters over the template's defaults.
func parametersOf(root *yaml.Node, form url.Values) map[string]string {
	values := map[string]string{}
	declared := child(root, "Parameters")
	for i := 0; i+1 < len(declared.Content); i += 2 {
		values[declared.Content[i].Value] = child(declared.Content[i+1], "Default").Value
	}
	for i := 1; form.Has(fmt.Sprintf("Parameters.member.%d.ParameterKey", i)); i++ {
		values[form.Get(fmt.Sprintf("Parameters.member.%d.ParameterKey", i))] = form.Get(fmt.Sprintf("Parameters.member.%d.ParameterValue", i))
	}
	return values
}

// conditionsOf evaluates the conditions that are !Equals of a parameter and a text, and
// !Not of one.
func conditionsOf(root *yaml.Node, parameters map[string]string) map[string]bool {
	out := map[string]bool{}
	declared := child(root, "Conditions")
	for i := 0; i+1 < len(declared.Content); i += 2 {
		test, want := declared.Content[i+1], true
		if test.Tag == "!Not" {
			test, want = test.Content[0], false
		}
		if test.Tag == "!Equals" {
			out[declared.Content[i].Value] = (parameters[test.Content[0].Value] == test.Content[1].Value) == want
		}
	}
	return out
}

// prune replaces items of lists that are !If by what their condition chooses.
func prune(n *yaml.Node, conditions map[string]bool) {
	if n.Kind == yaml.SequenceNode && n.Tag != "!If" {
		var kept []*yaml.Node
		for _, item := range n.Content {
			if item.Tag == "!If" {
				chosen := item.Content[2]
				if conditions[item.Content[0].Value] {
					chosen = item.Content[1]
				}
				item = chosen
			}
			if item.Value != "AWS::NoValue" {
				kept = append(kept, item)
			}
		}
		n.Content = kept
	}
	for _, each := range n.Content {
		prune(each, conditions)
	}
}
