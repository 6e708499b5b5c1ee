package front

import (
	"net/textproto"
	"testing"
)

// Every kind but the load balancer names its id, in the spelling in which net/http
// keeps fields.
func TestRequestIDFields(t *testing.T) {
	for _, k := range Kinds() {
		fields := k.RequestIDFields()
		if (len(fields) == 0) != (k == ALB) {
			t.Errorf("%s: %q", k, fields)
		}
		for _, name := range fields {
			if name != textproto.CanonicalMIMEHeaderKey(name) {
				t.Errorf("%s: %q is not as net/http spells it", k, name)
			}
		}
	}
}
