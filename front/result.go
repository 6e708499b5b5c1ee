package front

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strconv"
)

// The statuses that a function may answer with. CloudFront states the range (see
// edge.go); the others are held to it because 1xx is not a final answer.
const (
	minStatus = 200
	maxStatus = 599
)

// object is a JSON object read by exact key: encoding/json into a struct would
// match "StatusCode" too, which AWS does not.
type object map[string]json.RawMessage

// parseObject returns the object that result is, and false when it is something else.
func parseObject(result []byte) (object, bool) {
	var o object
	if json.Unmarshal(result, &o) != nil || o == nil {
		return nil, false
	}
	return o, true
}

// has reports whether the key is there with a value other than null.
func (o object) has(key string) bool {
	raw, ok := o[key]
	return ok && !isNull(raw)
}

// null reports whether the key is there with the value null.
func (o object) null(key string) bool {
	raw, ok := o[key]
	return ok && isNull(raw)
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// read unmarshals the value of key into v. An absent key or null leaves v as it
// is; false is a value of another type.
func (o object) read(key string, v any) bool {
	return !o.has(key) || json.Unmarshal(o[key], v) == nil
}

// scalar is a JSON string, number or boolean in text.
func scalar(raw json.RawMessage) (string, bool) {
	switch raw = bytes.TrimSpace(raw); {
	case len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || isNull(raw):
		return "", false
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err == nil
	}
	return string(raw), true
}

// status reads a status as an integer, or, where the door takes it so, as a
// string of digits.
func status(raw json.RawMessage, stringToo bool) (int, bool) {
	s, ok := scalar(raw)
	if !ok || !stringToo && raw[0] == '"' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && minStatus <= n && n <= maxStatus
}

// text is a JSON string and nothing else.
func text(raw json.RawMessage) (string, bool) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	return scalar(raw)
}

// singleHeaders reads an object of header values, absent or null for none.
func singleHeaders(raw json.RawMessage, value func(json.RawMessage) (string, bool)) (map[string][]string, bool) {
	var m map[string]json.RawMessage
	if len(raw) > 0 && json.Unmarshal(raw, &m) != nil {
		return nil, false
	}
	out := make(map[string][]string, len(m))
	for name, raw := range m {
		v, ok := value(raw)
		if !ok || !isToken(name) || !isValue(v) {
			return nil, false
		}
		out[name] = []string{v}
	}
	return out, true
}

// listHeaders reads an object of lists of header values, absent or null for none.
func listHeaders(raw json.RawMessage, value func(json.RawMessage) (string, bool)) (map[string][]string, bool) {
	var m map[string][]json.RawMessage
	if len(raw) > 0 && json.Unmarshal(raw, &m) != nil {
		return nil, false
	}
	out := make(map[string][]string, len(m))
	for name, raws := range m {
		for _, raw := range raws {
			v, ok := value(raw)
			if !ok || !isToken(name) || !isValue(v) {
				return nil, false
			}
			out[name] = append(out[name], v)
		}
	}
	return out, true
}

// resultBody reads body and isBase64Encoded.
func resultBody(o object) ([]byte, bool) {
	var body string
	var encoded bool
	if !o.read("body", &body) || !o.read("isBase64Encoded", &encoded) {
		return nil, false
	}
	if !encoded {
		return textBytes(body), true
	}
	b, err := base64.StdEncoding.DecodeString(body)
	return b, err == nil
}

// textBytes is the bytes of s, nil for none: an empty body has one form only.
func textBytes(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}
