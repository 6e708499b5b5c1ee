package front_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"frontdoor/front"
)

// dated is a page's address with the day or the month of its text.
var dated = regexp.MustCompile(`^https://[^\s()]+\.[^\s()]+ \((\d{4}-\d{2}(?:-\d{2})?)\)$`)

// widest is what a column of the matrix has room for.
const widest = 44

func abilityOf(t *testing.T, kind front.Kind, name string) front.Ability {
	t.Helper()
	for _, a := range front.Abilities(kind) {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("%s has no ability %q", kind, name)
	return front.Ability{}
}

// Every door answers every question, in the same order, with a dated source.
func TestAbilitiesAreComplete(t *testing.T) {
	first := front.Abilities(front.Kinds()[0])
	if len(first) == 0 {
		t.Fatal("no abilities")
	}
	for _, kind := range front.Kinds() {
		rows := front.Abilities(kind)
		if len(rows) != len(first) {
			t.Errorf("%s has %d abilities, %s %d", kind, len(rows), front.Kinds()[0], len(first))
			continue
		}
		seen := map[string]bool{}
		for i, row := range rows {
			if row.Name != first[i].Name || seen[row.Name] {
				t.Errorf("%s: row %d is %q, want %q once", kind, i, row.Name, first[i].Name)
			}
			seen[row.Name] = true
			checkAbility(t, kind, row)
		}
	}
	if rows := front.Abilities("nlb"); rows != nil {
		t.Errorf("abilities of an unknown kind: %v", rows)
	}
}

func checkAbility(t *testing.T, kind front.Kind, row front.Ability) {
	t.Helper()
	if n := utf8.RuneCountInString(row.Value); n == 0 || n > widest || strings.TrimSpace(row.Value) != row.Value {
		t.Errorf("%s, %s: value %q has %d characters, want 1 to %d without space around", kind, row.Name, row.Value, n, widest)
	}
	if i := strings.Index(row.Value, "unconfirmed"); i >= 0 && !strings.HasSuffix(row.Value, " (unconfirmed)") {
		t.Errorf("%s, %s: %q is not marked at its end", kind, row.Name, row.Value)
	}
	m := dated.FindStringSubmatch(row.Source)
	if m == nil {
		t.Errorf("%s, %s: source %q is not an address with a date", kind, row.Name, row.Source)
		return
	}
	if _, err := time.Parse("2006-01-02"[:len(m[1])], m[1]); err != nil {
		t.Errorf("%s, %s: source %q: %v", kind, row.Name, row.Source, err)
	}
}

// The figures of the first rows are those of AWS's quotas, and so of the door's
// limits: REST 29 s, HTTP 30 s, Lambda 900 s and 6 MB
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2023-06),
// ALB 1 MB
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html, 2026-11-22),
// Lambda@Edge 5 s and 40 KB, or 30 s and 1 MB
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html, 2023-05).
func TestAbilitiesAgreeWithLimits(t *testing.T) {
	words := map[front.Kind][3]string{
		front.APIGatewayREST:     {"29 s", "6 MB", "6 MB"},
		front.APIGatewayNonProxy: {"29 s", "6 MB", "6 MB"},
		front.APIGatewayHTTP:     {"30 s", "6 MB", "6 MB"},
		front.ALB:                {"900 s", "1 MB", "1 MB"},
		front.FunctionURL:        {"900 s", "6 MB", "6 MB"},
		front.EdgeViewerRequest:  {"5 s", "40 KB", "40 KB"},
		front.EdgeOriginRequest:  {"30 s", "1 MB", "1 MB"},
		front.EdgeOriginResponse: {"30 s", "1 MB", "1 MB"},
		front.EdgeViewerResponse: {"5 s", "40 KB", "40 KB"},
		front.CloudFrontFunction: {"under 1 ms", "the function does not see the body", "40 KB"},
	}
	bytes := map[string]int{"40 KB": 40 << 10, "1 MB": 1 << 20, "6 MB": 6 << 20}
	for _, kind := range front.Kinds() {
		want, ok := words[kind]
		if !ok {
			t.Errorf("%s has no wanted figures", kind)
			continue
		}
		for i, name := range []string{"integration timeout", "largest request body", "largest answer"} {
			if got := abilityOf(t, kind, name).Value; !strings.HasPrefix(strings.TrimPrefix(got, "the function sees the first "), want[i]) {
				t.Errorf("%s, %s: %q, want %q", kind, name, got, want[i])
			}
		}
		l := doorOf(t, kind).Limits
		want[0] = strings.TrimPrefix(want[0], "under ")
		request := l.RequestBytes
		if kind.Edge() {
			request = l.BodyShown
		}
		if timeout, err := time.ParseDuration(strings.ReplaceAll(want[0], " ", "")); err != nil ||
			l.MaxTimeout != timeout || request != bytes[want[1]] || l.ResponseBytes != bytes[want[2]] {
			t.Errorf("%s: limits %+v, want %v", kind, l, want)
		}
	}
}

// What decides between doors. Expected from AWS's pages, read on 2026-11-22:
// .../apigateway/latest/developerguide/http-api-vs-rest.html (keys, WAF, private),
// .../apigateway/latest/developerguide/response-transfer-mode.html (streaming in REST APIs only),
// .../lambda/latest/dg/configuration-response-streaming.html (function URLs and API Gateway),
// .../waf/latest/developerguide/how-aws-waf-works-resources.html (REST API, ALB, CloudFront),
// .../AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html.
func TestAbilitiesThatDecide(t *testing.T) {
	kinds := []front.Kind{
		front.APIGatewayREST, front.APIGatewayHTTP, front.ALB,
		front.FunctionURL, front.EdgeViewerRequest, front.EdgeOriginRequest,
		front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction,
	}
	for name, want := range map[string]string{
		"response streaming":              "yes no no yes no no no no no",
		"API keys and usage plans":        "yes no no no no no no no no",
		"request validation":              "yes no no no no no no no no",
		"caching of answers":              "yes no no no no yes yes yes no",
		"AWS WAF":                         "yes no yes no yes yes yes yes yes",
		"custom domain name":              "yes yes yes no yes yes yes yes yes",
		"private access from a VPC":       "yes no yes no no no no no no",
		"function: environment variables": "yes yes yes yes no no no no no",
		"function: access to a VPC":       "yes yes yes yes no no no no no",
		"function: layers":                "yes yes yes yes no no no no no",
		"cost when idle":                  "none none per none none none none none none",
	} {
		var got []string
		for _, kind := range kinds {
			word, _, _ := strings.Cut(strings.NewReplacer(",", " ", ";", " ").Replace(abilityOf(t, kind, name).Value), " ")
			got = append(got, word)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", name, strings.Join(got, " "), want)
		}
	}
}
