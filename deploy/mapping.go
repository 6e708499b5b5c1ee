package deploy

import (
	"fmt"
	"maps"
	"mime"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// Mapping is what a REST API makes of requests and answers, beyond what parameters of a
// template can carry: lists and mappings.
type Mapping struct {
	Types     []string                     // of bodies that the request template is for; none: there is no template
	Responses []scenarios.SelectedResponse // of a non-proxy integration, besides the default
	CORS      bool                         // the API has an OPTIONS method, whose fields are parameters
}

// The marks in templates that a Mapping is written in place of.
const (
	templatesHere = "          # That of front/nonproxy.vtl stands here, for each type of body.\n"
	responsesHere = "          # The default and those of the scenario stand here.\n"
	statusesHere  = "        # Their statuses stand here.\n"
	methodsHere   = "    DependsOn: [Root"
)

// mapping is that of a front; nil where it is no REST API.
func (c Config) mapping(f scenarios.Front) *Mapping {
	if !f.Kind.REST() {
		return nil
	}
	m := &Mapping{}
	if f.Gateway != nil {
		m.CORS, m.Responses = f.Gateway.CORS != nil, f.Gateway.Responses
	}
	if f.Kind == front.APIGatewayNonProxy && !passesThrough(f.Gateway) {
		m.Types = c.bodyTypes()
	}
	return m
}

// passesThrough reports whether the body is the event.
func passesThrough(g *scenarios.Gateway) bool {
	return g != nil && g.Mapping == scenarios.MappingPassThrough
}

// bodyTypes are the types that the scenario's requests say their bodies have, sorted: in
// the lab a template is for all, on AWS for those that it is given for. A request that
// says none has application/json, and what stands behind a type's semicolon is not
// looked at (unconfirmed):
// https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
func (c Config) bodyTypes() []string {
	types := map[string]bool{"application/json": true}
	for _, r := range c.Scenario.Requests {
		for name, value := range r.Headers {
			if kind, _, err := mime.ParseMediaType(value); err == nil && strings.EqualFold(name, "Content-Type") {
				types[kind] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(types))
}

// parts are the further parts of a template.
func (m *Mapping) parts(template string) []string {
	switch {
	case m == nil || !m.CORS:
		return nil
	case template == "rest-passthrough.yaml": // its API is / alone
		return []string{"preflight.yaml"}
	}
	return []string{"preflight.yaml", "preflight-below.yaml"}
}

// write writes the mapping into a template.
func (m *Mapping) write(text string) string {
	if m == nil {
		return text
	}
	if m.CORS { // a deployment has the methods that are there before it
		methods := methodsHere + ", Preflight"
		if strings.Contains(text, "\n  PreflightBelow:\n") {
			methods += ", PreflightBelow"
		}
		text = strings.Replace(text, methodsHere, methods, 1)
	}
	return strings.NewReplacer(templatesHere, m.requestTemplates(), responsesHere, m.integrationResponses(), statusesHere, m.methodResponses()).Replace(text)
}

// requestTemplates is the lines of RequestTemplates.
func (m *Mapping) requestTemplates() string {
	var b strings.Builder
	for _, kind := range m.Types {
		fmt.Fprintf(&b, "          %s: |\n", quoted(kind))
		for line := range strings.Lines(front.RequestTemplate()) {
			b.WriteString("            " + line)
		}
	}
	return b.String()
}

// integrationResponses is the lines of IntegrationResponses: the one without a pattern is
// the default.
func (m *Mapping) integrationResponses() string {
	var b strings.Builder
	for _, r := range m.all() {
		fmt.Fprintf(&b, "          - StatusCode: '%d'\n", r.Status)
		if r.Pattern != "" {
			fmt.Fprintf(&b, "            SelectionPattern: %s\n", quoted(r.Pattern))
		}
		b.WriteString("            ResponseParameters:\n")
		for _, f := range m.fields() {
			fmt.Fprintf(&b, "              %s: %s\n", f.name, f.value)
		}
	}
	return b.String()
}

// methodResponses is the lines of MethodResponses, which says what statuses and fields
// integration responses may have.
func (m *Mapping) methodResponses() string {
	var b strings.Builder
	for _, r := range m.all() {
		fmt.Fprintf(&b, "        - StatusCode: '%d'\n          ResponseModels: {application/json: Empty}\n          ResponseParameters:\n", r.Status)
		for _, f := range m.fields() {
			fmt.Fprintf(&b, "            %s: true\n", f.name)
		}
	}
	return b.String()
}

// fields are the header fields of each integration response, with values as YAML. A
// function's own go no further than the integration, so that the id of its request, by
// which an answer is joined to its REPORT line, is the one that Lambda answers with: users
// have it so (https://github.com/MitocGroup/deep-framework), AWS documents no such field
// of the integration's response (unconfirmed). Where there is none the field is left out.
func (m *Mapping) fields() []responseField {
	list := []responseField{{"method.response.header.x-bench-request-id", "integration.response.header.x-amzn-RequestId"}}
	if m.CORS {
		list = append(list, responseField{"method.response.header.Access-Control-Allow-Origin", `!Sub "'${CorsOrigins}'"`})
	}
	return list
}

type responseField struct{ name, value string }

// all are the responses with the default, which has no pattern.
func (m *Mapping) all() []scenarios.SelectedResponse {
	return append([]scenarios.SelectedResponse{{Status: defaultStatus}}, m.Responses...)
}

// defaultStatus is what all is answered with that no pattern matches.
const defaultStatus = 200
