package scenarios

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// hidden is what an error says in the place of what may be a secret.
const hidden = "(not shown: it may be a secret)"

// belowAuth reports whether a field is one of auth or below it, where a secret may stand
// in the place of its name.
func belowAuth(path string) bool { return slices.Contains(strings.Split(path, "."), "auth") }

// discreet is a problem with n, without what n says where that may be a secret.
func discreet(n *node, path, problem string) string {
	if !belowAuth(path) {
		if n.Kind == yaml.ScalarNode && strings.ContainsAny(n.Value, "@?#") && (strings.HasSuffix(path, "url") || strings.Contains(n.Value, "://")) {
			return strings.ReplaceAll(problem, quoted(n), address(n.Value))
		}
		return problem
	}
	for _, text := range []string{"*" + n.Value, "&" + n.Anchor, n.Tag} { // what plain refuses
		if before, ok := strings.CutSuffix(problem, ", "+text); ok {
			return before + " " + hidden
		}
	}
	if n.Kind != yaml.ScalarNode {
		return problem
	}
	if rest, ok := strings.CutPrefix(problem, quoted(n)+" "); ok {
		return rest + " " + hidden
	}
	return strings.ReplaceAll(problem, quoted(n), hidden)
}

// address is a url as errors show it: without user, password, query and fragment, and not
// at all where it cannot be told where those are.
func address(text string) string {
	if !strings.ContainsAny(text, "@?#") {
		return quoted(&node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text})
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "an address " + hidden
	}
	bare := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	if u.User = nil; strings.Contains(u.String(), "@") { // as of a password with a slash in it
		return "an address " + hidden
	}
	return strconv.Quote(bare.String())
}
