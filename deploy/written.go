package deploy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdoor/scenarios"
)

// This file writes into a distribution's template what no parameter can carry: the code
// of CloudFront Functions, of which a parameter takes 4,096 bytes, and a list of
// structures.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html

// withScripts writes the code of CloudFront Functions in place of none.
func withScripts(text string, scripts map[string]string) string {
	for event, code := range scripts {
		here := "      FunctionCode: '' # of the scenario, at " + event + "\n"
		text = strings.Replace(text, here, "      FunctionCode: "+block(code, "        ")+"\n", 1)
	}
	return text
}

// plainLines are lines that a literal block keeps as they are: the first begins with no
// space, which would be taken for indentation.
var plainLines = regexp.MustCompile(`^[!-~][ -~\t]*(\n[ -~\t]*)*$`)

// block is a text of several lines in YAML, as it stands where that can be.
// https://yaml.org/spec/1.2.2/#812-literal-style
func block(text, indent string) string {
	lines := strings.TrimSuffix(text, "\n")
	if !plainLines.MatchString(lines) || strings.HasSuffix(lines, "\n") {
		return quoted(text)
	}
	mark := "|-\n"
	if lines != text {
		mark = "|\n"
	}
	return mark + indent + strings.ReplaceAll(lines, "\n", "\n"+indent)
}

// ErrorResponse is a custom error response: how long an error is kept, and what the viewer
// gets in its place, if anything.
type ErrorResponse struct {
	Code   int
	TTL    int    // least time in the cache, s
	Path   string // of the page; "" keeps the origin's answer
	Status int    // that the viewer gets with the page
}

// errorTTL is CloudFront's own, and the format's default.
const errorTTL = scenarios.Duration(10 * time.Second)

// errorResponses are those of a distribution. An error TTL other than CloudFront's is
// written for each error that it keeps by itself, and has responses for: 416 it never keeps.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
func errorResponses(d *scenarios.CloudFront) []ErrorResponse {
	var all []ErrorResponse
	for _, p := range d.ErrorPages {
		ttl := d.ErrorTTL
		if p.TTL != nil {
			ttl = *p.TTL
		}
		all = append(all, ErrorResponse{p.Code, wholeSeconds(ttl), p.Path, p.Status})
	}
	if d.ErrorTTL == errorTTL {
		return all
	}
	for _, code := range []int{404, 405, 414, 500, 501, 502, 503, 504} {
		if !slices.ContainsFunc(all, func(e ErrorResponse) bool { return e.Code == code }) {
			all = append(all, ErrorResponse{Code: code, TTL: wholeSeconds(d.ErrorTTL)})
		}
	}
	return all
}

// errorsHere is where custom error responses go.
const errorsHere = "        # Custom error responses of the scenario stand here.\n"

func withErrors(text string, all []ErrorResponse) string {
	if len(all) == 0 {
		return text
	}
	var b strings.Builder
	b.WriteString("        CustomErrorResponses:\n")
	for _, e := range all {
		page := ""
		if e.Path != "" {
			page = fmt.Sprintf(", ResponsePagePath: %s, ResponseCode: %d", quoted(e.Path), e.Status)
		}
		fmt.Fprintf(&b, "          - {ErrorCode: %d, ErrorCachingMinTTL: %d%s}\n", e.Code, e.TTL, page)
	}
	return strings.Replace(text, errorsHere, b.String(), 1)
}
