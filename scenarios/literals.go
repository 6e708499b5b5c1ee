package scenarios

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// secretHeaders are headers whose value lets others in: whatever a scenario has in
// them would lie in the folder of every run.
func secretHeaders() []string {
	return []string{"authorization", "cookie", "proxy-authorization", "x-amz-security-token", "x-api-key"}
}

// secretParameters are the same of a query: those of presigned addresses and of OAuth
// (https://www.rfc-editor.org/rfc/rfc6750#section-2.3).
func secretParameters() []string {
	return []string{"access_token", "x-amz-security-token", "x-amz-signature"}
}

// literalSecret is a secret in a request that a deployed front would be sent.
type literalSecret struct {
	path  string // in the scenario
	name  string
	front string // the first whose auth does not write it
}

const literalHelp = "the file is recorded with the run: let auth: of the front name where the secret is found"

// help is what to do with it.
func (l literalSecret) help() string {
	if l.name == cookieHeader {
		return literalHelp + "; cookies that are no secret belong under cookies:"
	}
	return literalHelp
}

// literals finds secrets that the file holds. A header that each deployed front's auth
// replaces is the lab's, and is not sent.
func (s *Scenario) literals() []literalSecret {
	var found []literalSecret
	for i, r := range s.Requests {
		for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
			id, sent := s.sends(strings.ToLower(name))
			if name == cookieHeader && r.Cookies != nil { // no secrets, says who wrote them so
				continue
			}
			if sent && slices.Contains(secretHeaders(), strings.ToLower(name)) {
				found = append(found, literalSecret{fmt.Sprintf("requests[%d].headers[%q]", i, name), http.CanonicalHeaderKey(name), id})
			}
		}
		for _, name := range slices.Sorted(maps.Keys(r.Query)) {
			id, sent := s.sends("")
			if sent && slices.Contains(secretParameters(), strings.ToLower(name)) {
				found = append(found, literalSecret{fmt.Sprintf("requests[%d].query[%q]", i, name), name, id})
			}
		}
	}
	return found
}

// sends is the first deployed front that is sent a header as the scenario has it; "" is
// what no auth replaces.
func (s *Scenario) sends(header string) (id string, sent bool) {
	for _, f := range s.Fronts {
		if !f.Lab() && !f.Auth.replaces(header) {
			return f.ID, true
		}
	}
	return "", false
}

// checkLiterals refuses them in a scenario whose fronts have a url.
func (s *Scenario) checkLiterals(c *checker) {
	for _, l := range s.literals() {
		c.fail(l.path, fmt.Sprintf("%s is a secret, and the front %q is deployed", l.name, l.front), "none of it: "+l.help())
	}
}

// refuseLiterals refuses them in a scenario that targets put somewhere.
func (s *Scenario) refuseLiterals() error {
	for _, l := range s.literals() {
		return fmt.Errorf("scenario %q: %s: %s is a secret, and the front %q is deployed\nhint: %s", s.Name, l.path, l.name, l.front, l.help())
	}
	return nil
}
