package deploy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// atTheEdge wants a function for a distribution to be one that CloudFront takes, and to be
// given on by the number of a version that changes with the code:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
func atTheEdge(name string, t template) []string {
	if name != "edge-function.yaml" {
		return nil
	}
	var problems []string
	version := t.Resources[textOf(t.Outputs["Version"]["Value"])]
	if version.Type != "AWS::Lambda::Version" || textOf(version.Properties["Description"]) != "CodeKey" {
		return append(problems, "what is given on is no numbered version that changes with the code")
	}
	function := t.Resources[textOf(version.Properties["FunctionName"])].Properties
	for _, name := range []string{"Environment", "VpcConfig", "Layers", "TracingConfig", "DeadLetterConfig", "ReservedConcurrentExecutions", "EphemeralStorage", "KmsKeyArn", "ImageConfig"} {
		if function[name] != nil {
			problems = append(problems, "the function has "+name)
		}
	}
	if fmt.Sprint(function["Architectures"]) != "[x86_64]" || !strings.HasPrefix(fmt.Sprint(function["Runtime"]), "nodejs") {
		problems = append(problems, "the function runs on another processor or runtime")
	}
	trust := at(each(at(t.Resources["Role"].Properties, "AssumeRolePolicyDocument", "Statement"))[0], "Principal", "Service")
	if fmt.Sprint(trust) != "[lambda.amazonaws.com edgelambda.amazonaws.com]" {
		problems = append(problems, fmt.Sprintf("the role is %v's", trust))
	}
	return problems
}

// associated wants a distribution to have a function of Lambda@Edge at each of the four
// events that is asked for, by its version, and of CloudFront Functions at the viewer's
// two; at events of responses no body can be asked for.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
func associated(_ string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::CloudFront::Distribution") {
		behaviour := at(t.Resources[id].Properties, "DistributionConfig", "DefaultCacheBehavior")
		got := append(writtenEach(at(behaviour, "LambdaFunctionAssociations")), writtenEach(at(behaviour, "FunctionAssociations"))...)
		var want []string
		for _, event := range []string{"viewer-request", "origin-request", "origin-response", "viewer-response"} {
			p, body := associationParameter(event), ""
			if strings.HasSuffix(event, "request") {
				body = `"IncludeBody":{"Ref":"IncludeBody"},`
			}
			want = append(want, `{"Fn::If":["Has`+p+`",{"EventType":"`+event+`",`+body+`"LambdaFunctionARN":{"Ref":"`+p+`"}},{"Ref":"AWS::NoValue"}]}`)
		}
		for _, event := range []string{"viewer-request", "viewer-response"} {
			p := scriptParameter(event)
			want = append(want, `{"Fn::If":["Has`+p+`",{"EventType":"`+event+`","FunctionARN":{"Fn::GetAtt":["`+strings.TrimSuffix(p, "Script")+`Function","FunctionARN"]}},{"Ref":"AWS::NoValue"}]}`)
		}
		if !slices.Equal(got, want) {
			problems = append(problems, fmt.Sprintf("associated are %s, want %s", got, want))
		}
	}
	return problems
}

// writtenEach is the elements of a list as JSON.
func writtenEach(v any) []string {
	var all []string
	for _, one := range each(v) {
		all = append(all, written(one))
	}
	return all
}

// published wants a CloudFront Function to be of today's runtime and published, without
// which no distribution takes it.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/associate-function.html
func published(_ string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::CloudFront::Function") {
		p := t.Resources[id].Properties
		if p["AutoPublish"] != true || at(p["FunctionConfig"], "Runtime") != "cloudfront-js-2.0" {
			problems = append(problems, id+" is not published, or of another runtime than 2.0")
		}
	}
	return problems
}

// fetched wants requests to a bucket to be signed, all of them: the bucket lets in nobody
// else. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
func fetched(_ string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::CloudFront::Distribution") {
		for _, branch := range branches(each(at(t.Resources[id].Properties, "DistributionConfig", "Origins"))[0]) {
			if written(at(branch, "DomainName")) != `{"Fn::GetAtt":["Bucket","RegionalDomainName"]}` {
				continue
			}
			control := t.Resources[textOf(at(branch, "OriginAccessControlId"))].Properties["OriginAccessControlConfig"]
			if at(control, "SigningBehavior") != "always" || at(control, "OriginAccessControlOriginType") != "s3" || at(control, "SigningProtocol") != "sigv4" {
				problems = append(problems, "the bucket is asked without a signature")
			}
		}
	}
	return problems
}

// The functions of a plan's distributions are those of their own stacks, each at the event
// that its stack is for.
func TestFunctionsOfPlans(t *testing.T) {
	d := planOf(t, Config{Name: "e-1", Scenario: shipped(t, "edge-events"), Script: func(handler, _ string) string { return "// " + handler }})
	n := 0
	for _, s := range d.Stacks {
		if s.Template != "edge.yaml" {
			continue
		}
		for _, f := range s.Functions {
			n++
			if code, script := s.Scripts[f.Event]; script {
				if code != "// url-normalise" || s.Parameters[scriptParameter(f.Event)] != f.Name || !f.Own {
					t.Errorf("%s: script %q, %+v", s.Name, code, f)
				}
				continue
			}
			m := outputOf.FindStringSubmatch(s.Parameters[associationParameter(f.Event)])
			if m == nil || m[2] != "Version" {
				t.Errorf("%s: at %s is %q", s.Name, f.Event, s.Parameters[associationParameter(f.Event)])
				continue
			}
			of := stackOf(t, d, m[1])
			if of.Template != "edge-function.yaml" || of.Parameters["EventType"] != f.Event || of.Parameters["FunctionName"] != f.Name || of.Front != s.Front || of.Region != edgeRegion {
				t.Errorf("%s: at %s is %+v", s.Name, f.Event, of)
			}
		}
	}
	if n != 9 {
		t.Errorf("%d functions, and the scenario has 9", n)
	}
}

// script stands for the code of a CloudFront Function.
func script(handler, file string) string {
	return "// " + handler + file + "\nfunction handler(event) {\n  return event.request; // \"as it is\"\n}\n"
}
