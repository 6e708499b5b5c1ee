package front

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// The event of CloudFront Functions, version 1.0: query parameters, header fields and
// cookies are maps of values; cookies stand apart from the header.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
type cffDocument struct {
	Version  string      `json:"version"`
	Context  edgeConfig  `json:"context"`
	Viewer   cffViewer   `json:"viewer"`
	Request  *cffMessage `json:"request"`
	Response *cffReply   `json:"response,omitempty"` // at viewer-response only
}

type cffViewer struct {
	IP string `json:"ip"`
}

type cffMessage struct {
	Method      string    `json:"method"`
	URI         string    `json:"uri"`
	QueryString cffValues `json:"querystring"`
	Headers     cffValues `json:"headers"`
	Cookies     cffValues `json:"cookies"`
}

// cffReply is the response object, in events and in results.
type cffReply struct {
	StatusCode        int       `json:"statusCode"`
	StatusDescription string    `json:"statusDescription,omitempty"`
	Headers           cffValues `json:"headers"`
	Cookies           cffValues `json:"cookies"`
	Body              *cffBody  `json:"body,omitempty"`
}

type cffBody struct {
	Encoding string `json:"encoding"`
	Data     string `json:"data"`
}

// cffValues is values by name. A name that comes more than once has all of its values
// in MultiValue, and the first in Value too. In a result MultiValue wins: that AWS
// applies a change of Value alone to the first of several is not reproduced, for a
// result does not tell what was there.
type cffValues map[string]cffValue

type cffValue struct {
	Value      string     `json:"value"`
	Attributes string     `json:"attributes,omitempty"` // of a cookie in a response
	MultiValue []cffValue `json:"multiValue,omitempty"`
}

func (m cffValues) add(name string, v cffValue) {
	have, again := m[name]
	switch {
	case !again:
		m[name] = v
		return
	case have.MultiValue == nil:
		have.MultiValue = []cffValue{{Value: have.Value, Attributes: have.Attributes}}
	}
	have.MultiValue = append(have.MultiValue, v)
	m[name] = have
}

// each calls f for every value, names in order.
func (m cffValues) each(f func(name string, v cffValue)) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		list := m[name].MultiValue
		if list == nil {
			list = []cffValue{m[name]}
		}
		for _, v := range list {
			f(name, v)
		}
	}
}

func cffEvent(r Request, id Identity) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	d := cffDocument{
		Version: "1.0",
		Context: edgeConfig{DistributionDomainName: id.DistributionDomain, DistributionID: id.DistributionID, EventType: "viewer-request", RequestID: utf8Text(r.ID)},
		Viewer:  cffViewer{utf8Text(r.SourceIP)},
		Request: cffMessageOf(r),
	}
	if r.Upstream != nil {
		d.Context.EventType = "viewer-response"
		d.Response = cffReplyOf(*r.Upstream)
	}
	return marshal(d)
}

func cffMessageOf(r Request) *cffMessage {
	m := &cffMessage{Method: r.Method, URI: latin1Text(r.Path), QueryString: cffValues{}, Headers: cffValues{}, Cookies: cffValues{}}
	if m.URI == "" {
		m.URI = "/"
	}
	for _, p := range params(latin1Text(r.RawQuery), asSent) {
		m.QueryString.add(p.key, cffValue{Value: p.value})
	}
	for _, f := range r.host().without(EdgeDisallows) {
		if !strings.EqualFold(f.Name, "Cookie") {
			m.Headers.add(strings.ToLower(f.Name), cffValue{Value: latin1Text(f.Value)})
			continue
		}
		for part := range strings.SplitSeq(latin1Text(f.Value), ";") {
			if part = strings.TrimSpace(part); part != "" {
				name, value, _ := strings.Cut(part, "=")
				m.Cookies.add(name, cffValue{Value: value})
			}
		}
	}
	return m
}

// cffReplyOf is an answer as an object, without its body and without the header fields
// that CloudFront hides.
func cffReplyOf(a Answer) *cffReply {
	d := &cffReply{StatusCode: a.Status, StatusDescription: http.StatusText(a.Status), Headers: cffValues{}, Cookies: cffValues{}}
	for _, f := range a.Header.without(EdgeDisallows) {
		if !strings.EqualFold(f.Name, "Set-Cookie") {
			d.Headers.add(strings.ToLower(f.Name), cffValue{Value: latin1Text(f.Value)})
			continue
		}
		pair, attributes, _ := strings.Cut(latin1Text(f.Value), ";")
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		d.Cookies.add(name, cffValue{Value: value, Attributes: strings.TrimSpace(attributes)})
	}
	return d
}

// cffRequest: an event has no time, no protocol and no body. Its parameters are
// delivered as sent, and the raw query is made of them.
func cffRequest(event []byte) (Request, error) {
	var d cffDocument
	if err := json.Unmarshal(event, &d); err != nil {
		return Request{}, fmt.Errorf("read CloudFront Functions event: %w", err)
	}
	if d.Version != "1.0" || d.Request == nil || d.Request.Method == "" || (d.Context.EventType == "viewer-response") != (d.Response != nil) {
		return Request{}, fmt.Errorf("read CloudFront Functions event: version %q, eventType %q; want a viewer-request or viewer-response of version 1.0", d.Version, d.Context.EventType)
	}
	r := d.Request.request()
	r.ID, r.SourceIP, r.via.event = d.Context.RequestID, d.Viewer.IP, true
	if d.Response != nil {
		r.Upstream = &Answer{Status: d.Response.StatusCode, Header: d.Response.header()}
	}
	return r, nil
}

// request is the request that an object describes.
func (m *cffMessage) request() Request {
	r := Request{Method: m.Method, Path: m.URI, Header: m.Headers.header(), Params: map[string][]string{}}
	var query, cookies []string
	m.QueryString.each(func(name string, v cffValue) {
		query = append(query, name+"="+v.Value)
		r.Params[name] = append(r.Params[name], v.Value)
	})
	m.Cookies.each(func(name string, v cffValue) { cookies = append(cookies, name+"="+v.Value) })
	r.RawQuery = strings.Join(query, "&")
	if len(cookies) > 0 {
		r.Header = append(r.Header, Field{"Cookie", strings.Join(cookies, "; ")})
	}
	r.Header.sort()
	r.Host = r.Header.Get("Host")
	return r
}

// header is the fields of a map, each word of a name with a capital.
func (m cffValues) header() Header {
	h := make(Header, 0, len(m))
	m.each(func(name string, v cffValue) {
		h = append(h, Field{textproto.CanonicalMIMEHeaderKey(name), v.Value})
	})
	return h
}

// header is the fields of a response, cookies included, sorted by name.
func (d *cffReply) header() Header {
	h := d.Headers.header()
	d.Cookies.each(func(name string, v cffValue) {
		value := name + "=" + v.Value
		if v.Attributes != "" {
			value += "; " + v.Attributes
		}
		h = append(h, Field{"Set-Cookie", value})
	})
	h.sort()
	return h
}
