package deploy

import (
	"fmt"
	"slices"
)

// doorPermissions are the permissions that a front needs to invoke its function, whole,
// by the type of the resource that asks for them: who may do what, and for which API,
// target group or URL alone.
// https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html,
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html,
// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
func doorPermissions() map[string][]map[string]any {
	invoke := func(principal any, more map[string]any) map[string]any {
		p := map[string]any{"FunctionName": ref("Function"), "Action": "lambda:InvokeFunction", "Principal": principal}
		for name, value := range more {
			p[name] = value
		}
		return p
	}
	from := func(arn string) map[string]any {
		return map[string]any{"SourceArn": map[string]any{"Fn::Sub": "arn:${AWS::Partition}:" + arn}}
	}
	caller := map[string]any{"Fn::If": []any{"Public", "*", ref("AWS::AccountId")}} // everybody where the URL is public, else the account
	return map[string][]map[string]any{
		"AWS::ApiGateway::RestApi": {invoke("apigateway.amazonaws.com", from("execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/prod/*"))},
		"AWS::ApiGatewayV2::Api":   {invoke("apigateway.amazonaws.com", from("execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/$default"))},
		"AWS::ElasticLoadBalancingV2::Listener": {invoke("elasticloadbalancing.amazonaws.com",
			from("elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/${BalancerName}/*"))},
		"AWS::Lambda::Url": {
			invoke(caller, map[string]any{"InvokedViaFunctionUrl": true}),
			invoke(caller, map[string]any{"Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": ref("AuthType")}),
		},
	}
}

func ref(name string) map[string]any { return map[string]any{"Ref": name} }

// invocations wants the permissions of a template to be those of its front and no
// others. At the edge there are none: CloudFront replicates the function, see atTheEdge.
func invocations(name string, t template) []string {
	var found, want []string
	for _, id := range t.of("AWS::Lambda::Permission") {
		found = append(found, written(t.Resources[id].Properties))
	}
	for kind, permissions := range doorPermissions() {
		for range t.of(kind) {
			for _, p := range permissions {
				want = append(want, written(p))
			}
		}
	}
	slices.Sort(found)
	slices.Sort(want)
	var problems []string
	if !slices.Equal(found, want) {
		problems = append(problems, fmt.Sprintf("permissions are %s, want %s", found, want))
	}
	if len(want) == 0 && name != "edge-function.yaml" && len(t.of("AWS::Lambda::Function")) > 0 {
		problems = append(problems, "a function has no front")
	}
	return append(problems, callers(t)...)
}

// callers wants an API, and a function URL, to let in whom its parameter says; what a mock
// answers browsers lets in everybody. A URL is public where the parameter says NONE alone:
// its permissions are for everybody then.
func callers(t template) []string {
	var problems []string
	for _, kind := range []string{"AWS::ApiGateway::Method", "AWS::ApiGatewayV2::Route"} {
		for _, id := range t.of(kind) {
			p, want := t.Resources[id].Properties, written(ref("AuthType"))
			if at(p, "Integration", "Type") == "MOCK" {
				want = `"NONE"`
			}
			if got := written(p["AuthorizationType"]); got != want {
				problems = append(problems, id+" lets in "+got)
			}
		}
	}
	for _, id := range t.of("AWS::Lambda::Url") {
		if got := written(t.Resources[id].Properties["AuthType"]); got != written(ref("AuthType")) {
			problems = append(problems, id+" lets in "+got)
		}
		const want = `{"Fn::Equals":[{"Ref":"AuthType"},"NONE"]}`
		if got := written(t.Conditions["Public"]); got != want {
			problems = append(problems, "it is public when "+got)
		}
	}
	return problems
}
