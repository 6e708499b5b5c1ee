package deploy

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/scenarios"
)

// scripted is a stack with a CloudFront Function of some code.
func scripted(code string) Stack {
	return Stack{Name: "s", Template: "edge.yaml", Scripts: map[string]string{"viewer-response": code}}
}

// Whatever the code is, the template has it: read by a YAML parser it is the same.
func FuzzScript(f *testing.F) {
	for _, code := range []string{"", "function handler(event) { return event.request; }", "a\n\n  b\t\n", " leading", "\nlines", "tail\n\n", "é\r\n\x00", "# no comment\n", "|", "x: 'y' # \"z\" \\", "a \n"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		code = strings.ToValidUTF8(code, "?")
		body, err := scripted(code).Body()
		if err != nil {
			t.Fatal(err)
		}
		parsed := parse(t, body)
		if got := parsed.Resources["ResponseFunction"].Properties["FunctionCode"]; got != code {
			t.Errorf("%q became %q", code, got)
		}
		if got := parsed.Resources["RequestFunction"].Properties["FunctionCode"]; got != "" {
			t.Errorf("the other function has %q", got)
		}
	})
}

// Code of several lines stands in the template as its author wrote it.
func TestScriptIsReadable(t *testing.T) {
	body, err := scripted("function handler(event) {\n  return event.response;\n}\n").Body()
	if err != nil || !strings.Contains(body, "      FunctionCode: |\n        function handler(event) {\n          return event.response;\n        }\n      Tags:\n") {
		t.Errorf("%v\n%s", err, body)
	}
}

// The errors that CloudFront keeps by itself are those of
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html,
// and what is not said of a page is the distribution's.
func TestErrorResponses(t *testing.T) {
	one := scenarios.Duration(1e9)
	page := scenarios.ErrorPage{Code: 404, Path: "/404.html", Status: 200, TTL: &one}
	for _, c := range []struct {
		name string
		d    scenarios.CloudFront
		want []ErrorResponse
	}{
		{"none", scenarios.CloudFront{ErrorTTL: errorTTL}, nil},
		{"a page", scenarios.CloudFront{ErrorTTL: errorTTL, ErrorPages: []scenarios.ErrorPage{page, {Code: 403}}}, []ErrorResponse{{404, 1, "/404.html", 200}, {403, 10, "", 0}}},
		{"a TTL", scenarios.CloudFront{ErrorTTL: 0, ErrorPages: []scenarios.ErrorPage{page}}, []ErrorResponse{{404, 1, "/404.html", 200},
			{Code: 405}, {Code: 414}, {Code: 500}, {Code: 501}, {Code: 502}, {Code: 503}, {Code: 504}}},
	} {
		got := errorResponses(&c.d)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		body, err := Stack{Name: "s", Template: "edge.yaml", Errors: got}.Body()
		if err != nil {
			t.Fatal(err)
		}
		var written []ErrorResponse
		for _, each := range each(at(parse(t, body).Resources["Distribution"].Properties, "DistributionConfig", "CustomErrorResponses")) {
			e := each.(map[string]any)
			path, _ := e["ResponsePagePath"].(string)
			status, _ := e["ResponseCode"].(int)
			written = append(written, ErrorResponse{e["ErrorCode"].(int), e["ErrorCachingMinTTL"].(int), path, status})
		}
		if !slices.Equal(written, got) {
			t.Errorf("%s: the template has %+v, want %+v", c.name, written, got)
		}
	}
}
