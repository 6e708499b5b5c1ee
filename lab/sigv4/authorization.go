package sigv4

import (
	"slices"
	"strings"
)

// authorization is what the Authorization field says:
// AWS4-HMAC-SHA256 Credential=KEY/DAY/REGION/SERVICE/aws4_request, SignedHeaders=a;b, Signature=HEX
type authorization struct {
	key, day, region, service string
	headers                   []string // signed, in lower case
	signature                 string
}

func (a authorization) scope() string {
	return a.day + "/" + a.region + "/" + a.service + "/aws4_request"
}

// parse reads the field. AWS names everything that is not there.
func parse(header string) (a authorization, _ *Refusal) {
	kind, rest, _ := strings.Cut(header, " ")
	if kind != algorithm {
		return a, refuse(Incomplete, "Unsupported AWS 'algorithm': '"+kind+"'.")
	}
	parts := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		parts[name] = value
	}
	var missing strings.Builder
	for _, name := range []string{"Credential", "Signature", "SignedHeaders"} {
		if parts[name] == "" {
			missing.WriteString("Authorization header requires '" + name + "' parameter. ")
		}
	}
	if missing.Len() > 0 {
		return a, refuse(Incomplete, missing.String())
	}
	scope := strings.Split(parts["Credential"], "/")
	n := len(scope)
	if n < 5 || scope[n-1] != "aws4_request" {
		return a, refuse(Incomplete, "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.")
	}
	a = authorization{strings.Join(scope[:n-4], "/"), scope[n-4], scope[n-3], scope[n-2], strings.Split(parts["SignedHeaders"], ";"), parts["Signature"]}
	if !slices.Contains(a.headers, "host") {
		return a, refuse(Mismatch, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
	}
	return a, nil
}
