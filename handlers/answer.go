package handlers

import (
	"slices"
	"strings"

	"frontdoor/front"
)

// jsonAnswer is an answer with a JSON body.
func jsonAnswer(status int, body []byte) front.Answer {
	return front.Answer{
		Status: status,
		Header: front.Header{{Name: "Content-Type", Value: "application/json"}},
		Body:   body,
	}
}

// methodNotAllowed is a 405 with the Allow header that RFC 9110 section 15.5.6 wants.
func methodNotAllowed(allow string) front.Answer {
	a := jsonAnswer(405, []byte(`{"status":"error","message":"method not allowed"}`))
	a.Header = append(a.Header, front.Field{Name: "Allow", Value: allow})
	return a
}

// found sends the viewer to another place, with further header fields.
func found(location string, more ...front.Field) front.Answer {
	return front.Answer{Status: 302, Header: append(front.Header{{Name: "Location", Value: location}}, more...)}
}

// forward hands the request on to the cache or the origin, which only an edge
// function can do.
func forward(r front.Request) (front.Answer, error) { return front.Answer{Forward: &r}, nil }

// replaced is h with the one field called name in place of all of that name, or
// without any when value is "". h is not modified.
func replaced(h front.Header, name, value string) front.Header {
	out := without(h, name)
	if value != "" {
		out = append(out, front.Field{Name: name, Value: value})
	}
	return out
}

// without is the fields of h but those called name. h is not modified.
func without(h front.Header, name string) front.Header {
	return slices.DeleteFunc(slices.Clone(h), func(f front.Field) bool { return strings.EqualFold(f.Name, name) })
}
