package lab

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdoor/front"
)

// CORS is what an API answers browsers about other sites. An HTTP API has it as a
// configuration and applies it itself; on a REST API it is an OPTIONS method with a
// mock integration and fixed header fields, and the other methods are the
// integration's affair.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
type CORS struct {
	Origins     []string // "*" or origins such as https://app.example.com; a REST API has one
	Methods     []string
	Headers     []string
	Expose      []string
	MaxAge      time.Duration // in whole seconds; 0: the field is left out
	Credentials bool
}

// answers reports whether the API answers a request by itself. A REST API's method
// takes every OPTIONS request; an HTTP API preflights, which have these two fields
// (https://fetch.spec.whatwg.org/#cors-preflight-request).
func (c *CORS) answers(kind front.Kind, r front.Request) bool {
	if c == nil || r.Method != http.MethodOptions {
		return false
	}
	return kind.REST() || r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}

// preflight is the answer to such a request: 204 of an HTTP API, without header
// fields for an origin that is not allowed (both unconfirmed), and 200 of the mock
// integration, whose fields are fixed.
func (c *CORS) preflight(kind front.Kind, r front.Request) front.Answer {
	if kind.REST() {
		h := append(front.Header{{Name: "Content-Type", Value: "application/json"}}, c.fields(c.Origins[0])...)
		return front.Answer{Status: http.StatusOK, Header: h}
	}
	a := front.Answer{Status: http.StatusNoContent}
	if origin := c.allowed(r.Header.Get("Origin")); origin != "" {
		a.Header = c.fields(origin)
	}
	return a
}

// allowed is what an HTTP API says of an origin: itself, "*", or "" for no.
func (c *CORS) allowed(origin string) string {
	switch {
	case origin == "":
		return ""
	case slices.Contains(c.Origins, "*") && !c.Credentials:
		return "*"
	case slices.Contains(c.Origins, "*"), slices.Contains(c.Origins, origin):
		return origin
	}
	return ""
}

// fields are the header fields of a preflight's answer.
func (c *CORS) fields(origin string) front.Header {
	h := c.simple(origin)
	add := func(name, value string) {
		if value != "" {
			h = append(h, front.Field{Name: name, Value: value})
		}
	}
	add("Access-Control-Allow-Methods", strings.Join(c.Methods, ","))
	add("Access-Control-Allow-Headers", strings.Join(c.Headers, ","))
	if whole := int(c.MaxAge / time.Second); whole > 0 {
		add("Access-Control-Max-Age", strconv.Itoa(whole))
	}
	return h
}

// simple are the fields of the answer to the request itself.
func (c *CORS) simple(origin string) front.Header {
	h := front.Header{{Name: "Access-Control-Allow-Origin", Value: origin}}
	if c.Credentials {
		h = append(h, front.Field{Name: "Access-Control-Allow-Credentials", Value: "true"})
	}
	if len(c.Expose) > 0 {
		h = append(h, front.Field{Name: "Access-Control-Expose-Headers", Value: strings.Join(c.Expose, ",")})
	}
	return h
}

// apply puts the fields on an integration's answer. An HTTP API drops those that
// the function set; a proxy integration of a REST API adds nothing, and a
// non-proxy one has the origin alone in its integration responses.
func (c *CORS) apply(kind front.Kind, r front.Request, a *front.Answer) {
	switch {
	case c == nil:
	case kind == front.APIGatewayNonProxy:
		a.Header = append(slices.Clip(a.Header), front.Field{Name: "Access-Control-Allow-Origin", Value: c.Origins[0]})
	case kind == front.APIGatewayHTTP:
		a.Header = slices.DeleteFunc(slices.Clone(a.Header), func(f front.Field) bool {
			return strings.HasPrefix(strings.ToLower(f.Name), "access-control-")
		})
		if origin := c.allowed(r.Header.Get("Origin")); origin != "" {
			a.Header = append(a.Header, c.simple(origin)...)
		}
	}
}
