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

// literalSecret is a header of a request that a deployed front would be sent.
type literalSecret struct {
	path   string // of the header in the scenario
	header string
	front  string // the first whose auth does not write it
}

const literalHelp = "the file is recorded with the run: let auth: of the front name where the secret is found"

// literals finds secrets that the file holds. One that each deployed front's auth
// replaces is the lab's, and is not sent.
func (s *Scenario) literals() []literalSecret {
	var found []literalSecret
	for i, r := range s.Requests {
		for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
			small := strings.ToLower(name)
			if !slices.Contains(secretHeaders(), small) {
				continue
			}
			for _, f := range s.Fronts {
				if !f.Lab() && !f.Auth.replaces(small) {
					found = append(found, literalSecret{fmt.Sprintf("requests[%d].headers[%q]", i, name), http.CanonicalHeaderKey(name), f.ID})
					break
				}
			}
		}
	}
	return found
}

// checkLiterals refuses them in a scenario whose fronts have a url.
func (s *Scenario) checkLiterals(c *checker) {
	for _, l := range s.literals() {
		c.fail(l.path, fmt.Sprintf("%s is a secret, and the front %q is deployed", l.header, l.front), "no such header: "+literalHelp)
	}
}

// refuseLiterals refuses them in a scenario that targets put somewhere.
func (s *Scenario) refuseLiterals() error {
	for _, l := range s.literals() {
		return fmt.Errorf("scenario %q: %s: %s is a secret, and the front %q is deployed\nhint: %s", s.Name, l.path, l.header, l.front, literalHelp)
	}
	return nil
}
