package akamai

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
)

// objects reads {"objects": [...]}, all of one sort, and checks that they are the
// client's own. URLs come out as host and path, since a purge takes both schemes.
func (p *FastPurge) objects(by string, body []byte) ([]string, *refusal) {
	var b struct {
		Hostname string            `json:"hostname"` // of the older form, whose objects are paths
		Objects  []json.RawMessage `json:"objects"`
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		return nil, refuse(400, "the body is not {\"objects\": [...]}: %v", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, refuse(400, "more follows the object")
	}
	if len(b.Objects) == 0 {
		return nil, refuse(400, "objects is empty")
	}
	var objects []string
	for _, raw := range b.Objects {
		object, refused := p.object(by, b.Hostname, raw)
		if refused != nil {
			return nil, refused
		}
		objects = append(objects, object)
	}
	return objects, nil
}

func (p *FastPurge) object(by, hostname string, raw json.RawMessage) (string, *refusal) {
	var text string
	isText := json.Unmarshal(raw, &text) == nil
	switch by {
	case "cpcode":
		if !isText {
			text = string(raw)
		} else if p.cfg.StrictTypes {
			return "", refuse(400, "CP code %s is a string, not an integer", raw)
		}
		code, err := strconv.Atoi(text)
		if err != nil {
			return "", refuse(400, "%s is no CP code", raw)
		}
		if !slices.Contains(p.cfg.CPCodes, code) {
			return "", refuse(403, "unauthorized cpcode: %s", text)
		}
		return strconv.Itoa(code), nil
	case "url":
		if !isText {
			return "", refuse(400, "%s is no URL", raw)
		}
		if hostname != "" {
			text = "http://" + hostname + text
		}
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return "", refuse(400, "%q is no URL", text)
		}
		if !slices.Contains(p.cfg.Hosts, u.Host) {
			return "", refuse(403, "unauthorized arl: %s", text)
		}
		return u.Host + u.RequestURI(), nil
	}
	if !isText || text == "" {
		return "", refuse(400, "%s is no cache tag", raw)
	}
	return text, nil
}
