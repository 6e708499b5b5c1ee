package front

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A CloudFront Function at viewer-request gives the request on or a response of its
// own; at viewer-response it gives the response on, with another status or body if it
// likes.

func cffResult(a Answer, r Request) ([]byte, error) {
	if a.Forward != nil && r.Upstream == nil {
		if err := checkLine(*a.Forward); err != nil {
			return nil, err
		}
		return marshal(cffMessageOf(*a.Forward))
	}
	if err := checkAnswer(a); err != nil {
		return nil, err
	}
	d := cffReplyOf(a)
	switch {
	case !utf8.Valid(a.Body):
		d.Body = &cffBody{"base64", base64.StdEncoding.EncodeToString(a.Body)}
	case len(a.Body) > 0 || a.Body != nil && r.Upstream != nil:
		d.Body = &cffBody{"text", string(a.Body)}
	}
	return marshal(d)
}

// cffAnswer reads a result. Whether a nil Body keeps the upstream's is up to the
// caller, as is the response's read-only header: see CheckResponse.
func cffAnswer(result []byte) (Answer, error) {
	o, ok := parseObject(result)
	switch {
	case !ok:
		return Answer{}, cffRefuse("it must be an object.")
	case o.has("statusCode"):
		return cffGenerated(o)
	case o.has("method") && o.has("uri"):
		return cffForwarded(result, o)
	}
	return Answer{}, cffRefuse("it must be a request or a response object.")
}

func cffForwarded(result []byte, o object) (Answer, error) {
	var m cffMessage
	for _, name := range []string{"querystring", "headers", "cookies"} {
		if err := cffCheckValues("request."+name, o[name]); err != nil {
			return Answer{}, err
		}
	}
	if err := json.Unmarshal(result, &m); err != nil {
		return Answer{}, cffRefuse("the request object is of another shape.")
	}
	r := m.request()
	return Answer{Forward: &r}, nil
}

// cffGenerated reads a response: statusCode is an integer, where Lambda@Edge has a
// string.
func cffGenerated(o object) (Answer, error) {
	code, ok := status(o["statusCode"], false)
	if !ok {
		return Answer{}, cffRefuse(fmt.Sprintf("response.statusCode must be an integer between %d and %d.", minStatus, maxStatus))
	}
	for _, name := range []string{"headers", "cookies"} {
		if err := cffCheckValues("response."+name, o[name]); err != nil {
			return Answer{}, err
		}
	}
	d := cffReply{StatusCode: code}
	var description string
	if !o.read("statusDescription", &description) || !o.read("headers", &d.Headers) || !o.read("cookies", &d.Cookies) {
		return Answer{}, cffRefuse("the response object is of another shape.")
	}
	a := Answer{Status: code, Header: d.header()}
	var err error
	if a.Body, err = cffReadBody(o["body"]); err != nil {
		return Answer{}, err
	}
	if over(a.Header.Size()+len(a.Body), cffDoor().Limits.ResponseBytes) {
		return Answer{}, refuse(CloudFrontFunction, cffFault, ResponseTooLarge, errEdgeSize.Error())
	}
	return a, checkCFF(a)
}

// checkCFF refuses what no HTTP response can have.
func checkCFF(a Answer) error {
	if err := checkAnswer(a); err != nil {
		return cffRefuse(err.Error() + ".")
	}
	return nil
}

// cffReadBody reads text in short form, or data with its encoding; nil when there is
// none, not nil when it is empty.
func cffReadBody(raw json.RawMessage) ([]byte, error) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || isNull(raw) {
		return nil, nil
	}
	if s, ok := text(raw); ok {
		return append([]byte{}, s...), nil
	}
	var b cffBody
	if json.Unmarshal(raw, &b) != nil {
		return nil, cffRefuse("response.body must be a string or an object with encoding and data.")
	}
	switch b.Encoding {
	case "text", "":
		return append([]byte{}, b.Data...), nil
	case "base64":
		data, err := base64.StdEncoding.DecodeString(b.Data)
		if err != nil {
			return nil, cffRefuse("response.body is not base64.")
		}
		return append([]byte{}, data...), nil
	}
	return nil, cffRefuse("response.body.encoding must be text or base64.")
}

// cffCheckValues wants objects with a string value under each name, and of header
// fields names that can be added: in lower case and not disallowed.
func cffCheckValues(what string, raw json.RawMessage) error {
	var m map[string]struct {
		Value      *string `json:"value"`
		MultiValue []struct {
			Value *string `json:"value"`
		} `json:"multiValue"`
	}
	if len(raw) > 0 && json.Unmarshal(raw, &m) != nil {
		return cffRefuse(what + " must be an object of objects with value.")
	}
	for name, v := range m {
		for _, one := range v.MultiValue {
			if one.Value == nil {
				return cffRefuse(what + "[" + name + "].multiValue must have a value in each element.")
			}
		}
		if v.Value == nil && len(v.MultiValue) == 0 {
			return cffRefuse(what + "[" + name + "] must have a value.")
		}
		if !strings.HasSuffix(what, ".headers") {
			continue
		}
		switch {
		case name != strings.ToLower(name):
			return cffRefuse(what + " must have header names in lower case.")
		case !isToken(name):
			return cffRefuse(what + " has a name that is not valid.")
		case EdgeDisallows(name):
			return cffRefuse(what + " has the disallowed header " + name + ".")
		}
	}
	return nil
}
