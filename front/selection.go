package front

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
)

// Selection is one integration response of a non-proxy integration besides the
// default one: the status for failures whose errorMessage Pattern matches as a whole.
//
// https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html
// (selectionPattern). AWS's patterns are Java's, which differ from Go's in what
// nobody needs here, look-around and back references.
type Selection struct {
	Pattern string
	Status  int
}

// CheckSelections returns what is wrong with a list of selections, or nil.
func CheckSelections(list []Selection) error {
	for _, s := range list {
		if _, err := regexp.Compile(s.Pattern); err != nil {
			return fmt.Errorf("selection pattern %q: %w", s.Pattern, err)
		}
		if s.Status < minStatus || s.Status > maxStatus {
			return fmt.Errorf("selection pattern %q: status %d: want %d to %d", s.Pattern, s.Status, minStatus, maxStatus)
		}
	}
	return nil
}

// selects reports whether the pattern matches the message as a whole. As in Java a
// dot is no line break.
func (s Selection) selects(message string) bool {
	re, err := regexp.Compile(`\A(?:` + s.Pattern + `)\z`)
	return err == nil && re.MatchString(message)
}

// Failed is the client's answer to a failed invocation, document being Lambda's
// {"errorMessage", "errorType"}, behind a door that does not see the failure as its
// own; false behind the others, which answer with Fault. A non-proxy integration
// hands the document on: with the status of the first selection that matches (which
// of several AWS takes is unconfirmed), else with 200.
func (d Door) Failed(document []byte, id Identity) (Answer, bool) {
	if d.Kind != APIGatewayNonProxy {
		return Answer{}, false
	}
	var e struct {
		Message string `json:"errorMessage"`
	}
	_ = json.Unmarshal(document, &e) // without a message no pattern matches
	for _, s := range id.Selections {
		if s.selects(e.Message) {
			return nonProxyResponse(s.Status, document), true
		}
	}
	return nonProxyResponse(http.StatusOK, document), true
}
