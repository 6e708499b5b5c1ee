package deploy

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab"
	"frontdoor/scenarios"
)

// gateways are scenarios whose REST APIs differ in what they map and answer by themselves.
func gateways() []string {
	var all []string
	for _, kind := range []string{"apigw-rest", "apigw-rest-nonproxy", "apigw-rest-nonproxy pass-through"} {
		kind, mapping, _ := strings.Cut(kind, " ")
		for _, more := range []string{
			"",
			"cors: {allow_origins: ['*']}",
			"cors: {allow_origins: ['https://a.example.com'], allow_methods: [GET, POST], allow_headers: [x-one, X-Two], expose_headers: [x-three, x-four], max_age: 2h30m, allow_credentials: true}, api_key_required: true, api_key: abcdefghijklmnopqrstuvwxyz",
			"cors: {allow_origins: ['https://${AWS::Region}.example.com'], max_age: 1500ms}",
		} {
			for _, responses := range []string{"", `responses: [{pattern: '.*"httpStatus":404.*', status: 404}, {pattern: "it's \\\\ \"5\\d\\d\" $Api {Api} #x\t", status: 599}]`} {
				if responses != "" && kind == "apigw-rest" {
					continue
				}
				fields := []string{more, responses}
				if mapping != "" {
					fields = append(fields, "mapping: "+mapping)
				}
				fields = slices.DeleteFunc(fields, func(f string) bool { return f == "" })
				all = append(all, fmt.Sprintf("handler: hello\nfronts: [{id: api, kind: %s, gateway: {endpoint: regional, %s}}]", kind, strings.Join(fields, ", ")))
			}
		}
	}
	return append(all, "handler: hello\nfronts: [{id: api, kind: apigw-rest-nonproxy}]")
}

// What the template of an API says is what its scenario says: for those that come with
// bench and can be deployed, and for generated ones. The rules are API Gateway's own:
// https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
func TestAPIsAreTheirScenarios(t *testing.T) {
	n := 0
	check := func(s *scenarios.Scenario) {
		d, err := Plan(Config{Name: "apis-1", Scenario: s})
		if err != nil {
			return // TestShippedScenarios has the reason
		}
		bodies(t, d)
		for _, f := range s.Fronts {
			if f.Kind.REST() {
				n++
				for _, problem := range unlike(t, stackOf(t, d, d.config.frontStack(f)), f) {
					t.Errorf("%s, front %s, gateway %+v: %s", s.Name, f.ID, f.Gateway, problem)
				}
			}
		}
	}
	for _, name := range scenarios.Names() {
		check(shipped(t, name))
	}
	for _, lines := range gateways() {
		check(scenarioOf(t, lines))
	}
	if n < 20 {
		t.Errorf("%d APIs were looked at", n)
	}
}

// unlike lists where the API of a stack is not its front's.
func unlike(t *testing.T, s Stack, f scenarios.Front) []string {
	t.Helper()
	parsed, v := built(t, s)
	g := f.Gateway
	if g == nil {
		g = &scenarios.Gateway{Mapping: scenarios.MappingTemplate}
	}
	methods := map[string]string{"ANY /": "AWS_PROXY", "ANY /{proxy+}": "AWS_PROXY"}
	switch {
	case f.Kind == front.APIGatewayNonProxy && g.Mapping == scenarios.MappingPassThrough:
		methods = map[string]string{"POST /": "AWS"}
	case f.Kind == front.APIGatewayNonProxy:
		methods = map[string]string{"ANY /": "AWS", "ANY /{proxy+}": "AWS"}
	}
	for method := range maps.Clone(methods) {
		if _, path, _ := strings.Cut(method, " "); g.CORS != nil {
			methods["OPTIONS "+path] = "MOCK"
		}
	}
	var problems []string
	found := map[string]string{}
	for _, id := range parsed.of("AWS::ApiGateway::Method") {
		m := v.resource(parsed, id)
		found[textOf(m["HttpMethod"])+" "+pathOf(parsed, m)] = textOf(at(m, "Integration", "Type"))
		problems = append(problems, mapped(m, f, *g)...)
	}
	if !maps.Equal(found, methods) {
		problems = append(problems, fmt.Sprintf("methods %v, want %v", found, methods))
	}
	for _, id := range parsed.of("AWS::ApiGateway::Deployment") { // a copy of the API as it is then
		if on := written(parsed.Resources[id].DependsOn); len(each(parsed.Resources[id].DependsOn)) != len(methods) {
			problems = append(problems, "the deployment waits for "+on)
		}
	}
	return problems
}

// pathOf is the path of a method's resource.
func pathOf(t template, method map[string]any) string {
	if id, ok := at(method, "ResourceId", "Ref").(string); ok {
		return "/" + textOf(t.Resources[id].Properties["PathPart"])
	}
	return "/"
}

// mapped lists what a method has that the scenario has not, or the other way round.
func mapped(m map[string]any, f scenarios.Front, g scenarios.Gateway) []string {
	integration := m["Integration"]
	var problems []string
	want := func(what, got, want string) {
		if got != want {
			problems = append(problems, fmt.Sprintf("%s %s: %s, want %s", textOf(m["HttpMethod"]), what, got, want))
		}
	}
	kind := textOf(at(integration, "Type"))
	if kind != "MOCK" {
		want("key", textOf(m["ApiKeyRequired"]), fmt.Sprint(g.APIKeyRequired))
	} else {
		want("key", textOf(m["ApiKeyRequired"]), "")
	}
	if kind != "AWS" {
		return problems
	}
	templates, behaviour := "null", "WHEN_NO_MATCH"
	if g.Mapping == scenarios.MappingTemplate {
		templates, behaviour = written(map[string]any{"application/json": front.RequestTemplate()}), "NEVER"
	}
	want("templates", written(at(integration, "RequestTemplates")), templates)
	want("passthrough", textOf(at(integration, "PassthroughBehavior")), behaviour)
	fields, declared := map[string]any{"method.response.header." + handlers.RequestIDHeader: "integration.response.header.x-amzn-RequestId"}, map[string]any{"method.response.header." + handlers.RequestIDHeader: true}
	if g.CORS != nil {
		fields["method.response.header.Access-Control-Allow-Origin"], declared["method.response.header.Access-Control-Allow-Origin"] = "'"+g.CORS.Origins[0]+"'", true
	}
	responses := []any{map[string]any{"StatusCode": "200", "ResponseParameters": fields}}
	statuses := []any{map[string]any{"StatusCode": "200", "ResponseModels": map[string]any{"application/json": "Empty"}, "ResponseParameters": declared}}
	for _, r := range g.Responses {
		responses = append(responses, map[string]any{"StatusCode": fmt.Sprint(r.Status), "SelectionPattern": r.Pattern, "ResponseParameters": fields})
		statuses = append(statuses, map[string]any{"StatusCode": fmt.Sprint(r.Status), "ResponseModels": map[string]any{"application/json": "Empty"}, "ResponseParameters": declared})
	}
	want("responses", written(at(integration, "IntegrationResponses")), written(responses))
	want("statuses", written(m["MethodResponses"]), written(statuses))
	return problems
}

// An API answers OPTIONS as the lab does, on every path of it: status, fields and body.
func TestPreflightIsTheLabs(t *testing.T) {
	for _, lines := range gateways() {
		f := scenarioOf(t, lines).Fronts[0]
		if f.Gateway == nil || f.Gateway.CORS == nil {
			continue
		}
		parsed, v := built(t, stackOf(t, planOf(t, Config{Scenario: scenarioOf(t, lines)}), "bench-small-3f9a-api"))
		for _, id := range parsed.of("AWS::ApiGateway::Method") {
			m := v.resource(parsed, id)
			if m["HttpMethod"] != "OPTIONS" {
				continue
			}
			path := strings.Replace(pathOf(parsed, m), "{proxy+}", "a/b", 1)
			status, fields := preflight(t, f, path)
			want := map[string]any{}
			for name, value := range fields {
				want["method.response.header."+name] = "'" + value + "'"
			}
			response := each(at(m, "Integration", "IntegrationResponses"))[0]
			declared, _ := at(each(m["MethodResponses"])[0], "ResponseParameters").(map[string]any)
			got, _ := at(response, "ResponseParameters").(map[string]any)
			if !maps.Equal(got, want) || !slices.Equal(slices.Sorted(maps.Keys(declared)), slices.Sorted(maps.Keys(want))) {
				t.Errorf("%s answers OPTIONS with %v and declares %v, the lab with %v", lines, got, declared, want)
			}
			if textOf(at(response, "StatusCode")) != fmt.Sprint(status) || written(at(response, "ResponseTemplates")) != `{"application/json":""}` ||
				written(at(m, "Integration", "RequestTemplates")) != fmt.Sprintf(`{"application/json":"{\"statusCode\": %d}"}`, status) {
				t.Errorf("%s answers OPTIONS with %s, the lab with %d and no body", lines, written(response), status)
			}
		}
	}
}

// preflight is what the lab's front answers a browser: the status, and the fields of CORS.
func preflight(t *testing.T, f scenarios.Front, path string) (int, map[string]string) {
	t.Helper()
	c := f.Gateway.CORS
	l, err := lab.Start(lab.Config{LogDir: t.TempDir(), Fronts: []lab.Front{{
		ID: f.ID, Kind: f.Kind, Region: f.Region, Command: []string{"nothing"}, MemoryMB: 128, Architecture: "x86_64", Timeout: time.Second, Concurrency: 1,
		Gateway: lab.Gateway{PassThrough: passesThrough(f.Gateway), APIKey: f.Gateway.APIKey,
			CORS: &lab.CORS{Origins: c.Origins, Methods: c.Methods, Headers: c.Headers, Expose: c.Expose, MaxAge: time.Duration(c.MaxAge), Credentials: c.Credentials}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, l.Fronts()[0].URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.ContentLength != 0 {
		t.Errorf("the lab's preflight has a body of %d bytes", response.ContentLength)
	}
	fields := map[string]string{}
	for name, values := range response.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			fields[name] = values[0]
		}
	}
	return response.StatusCode, fields
}
