package front

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The events of Lambda@Edge; aws-lambda-go has no types for it.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
type edgeDocument struct {
	Records []edgeRecord `json:"Records"`
}

type edgeRecord struct {
	CF struct {
		Config   edgeConfig  `json:"config"`
		Request  edgeMessage `json:"request"`
		Response *edgeReply  `json:"response,omitempty"` // only in response events
	} `json:"cf"`
}

type edgeConfig struct {
	DistributionDomainName string `json:"distributionDomainName"`
	DistributionID         string `json:"distributionId"`
	EventType              string `json:"eventType"`
	RequestID              string `json:"requestId"`
}

type edgeMessage struct {
	Body        *edgeBody              `json:"body,omitempty"` // only with Include body
	ClientIP    string                 `json:"clientIp"`
	Headers     map[string][]edgeField `json:"headers"`
	Method      string                 `json:"method"`
	Origin      *edgeOrigin            `json:"origin,omitempty"` // only in origin events
	QueryString string                 `json:"querystring"`
	URI         string                 `json:"uri"`
}

type edgeField struct {
	Key   string `json:"key,omitempty"`
	Value string `json:"value"`
}

type edgeBody struct {
	Action         string `json:"action"`
	Data           string `json:"data"`
	Encoding       string `json:"encoding"`
	InputTruncated bool   `json:"inputTruncated"`
}

type edgeOrigin struct {
	Custom edgeCustomOrigin `json:"custom"`
}

type edgeCustomOrigin struct {
	CustomHeaders    map[string][]edgeField `json:"customHeaders"`
	DomainName       string                 `json:"domainName"`
	KeepaliveTimeout int                    `json:"keepaliveTimeout"` // seconds
	Path             string                 `json:"path"`
	Port             int                    `json:"port"`
	Protocol         string                 `json:"protocol"`
	ReadTimeout      int                    `json:"readTimeout"` // seconds
	SSLProtocols     []string               `json:"sslProtocols"`
}

func edgeEvent(k Kind, r Request, id Identity) ([]byte, error) {
	if err := checkLine(r); err != nil {
		return nil, err
	}
	var record edgeRecord
	record.CF.Config = edgeConfig{
		DistributionDomainName: id.DistributionDomain,
		DistributionID:         id.DistributionID,
		EventType:              edgeEventType(k),
		RequestID:              utf8Text(r.ID),
	}
	m := &record.CF.Request
	*m = edgeRequestMessage(r, edgeHeaders(k, r, id))
	if id.IncludeBody && k.Answers() { // "can only be used with viewer-request or origin-request events"
		m.Body = edgeShow(r, edgeLimits(k).BodyShown)
	}
	if !k.viewer() {
		m.Origin = customOrigin(id.OriginDomain)
	}
	if !k.Answers() {
		if r.Upstream == nil {
			return nil, errNoUpstream
		}
		record.CF.Response = edgeUpstream(*r.Upstream)
	}
	return marshal(edgeDocument{Records: []edgeRecord{record}})
}

// edgeRequestMessage is the request object without body and origin.
func edgeRequestMessage(r Request, h Header) edgeMessage {
	m := edgeMessage{
		ClientIP: utf8Text(r.SourceIP), Method: r.Method,
		QueryString: latin1Text(r.RawQuery), URI: latin1Text(r.Path),
		Headers: make(map[string][]edgeField),
	}
	if m.URI == "" {
		m.URI = "/"
	}
	for _, f := range h {
		name := strings.ToLower(f.Name)
		m.Headers[name] = append(m.Headers[name], edgeField{Key: f.Name, Value: latin1Text(f.Value)})
	}
	return m
}

// edgeHeaders is the header as a function sees it. Before the origin, CloudFront
// names itself as user agent, the origin as host, and adds Via and X-Forwarded-For.
func edgeHeaders(k Kind, r Request, id Identity) Header {
	h := r.host().without(EdgeDisallows)
	node := sha256.Sum256([]byte(id.DistributionID))
	location := hex.EncodeToString(node[:16]) + ".cloudfront.net (CloudFront)"
	if k.viewer() || r.via.event || strings.HasSuffix(h.Get("Via"), location) { // this location has seen to it
		return h
	}
	hops := h.Values("X-Forwarded-For")
	if r.SourceIP != "" {
		hops = append(hops, r.SourceIP)
	}
	if len(hops) > 0 {
		h = h.with("X-Forwarded-For", strings.Join(hops, ", "))
	}
	if id.OriginDomain != "" {
		h = h.with("Host", id.OriginDomain)
	}
	version := strings.TrimPrefix(r.Proto, "HTTP/")
	return h.with("User-Agent", "Amazon CloudFront").with("Via", version+" "+location)
}

// edgeShow is the body as far as the function may see it, always in base64.
func edgeShow(r Request, limit int) *edgeBody {
	shown := r.Body[:min(len(r.Body), limit)]
	return &edgeBody{
		Action: "read-only", Encoding: "base64",
		Data:           base64.StdEncoding.EncodeToString(shown),
		InputTruncated: r.via.cut || len(shown) < len(r.Body),
	}
}

// customOrigin has CloudFront's defaults for an https origin.
func customOrigin(domain string) *edgeOrigin {
	return &edgeOrigin{Custom: edgeCustomOrigin{
		CustomHeaders: map[string][]edgeField{}, DomainName: domain, KeepaliveTimeout: 5,
		Port: 443, Protocol: "https", ReadTimeout: 30, SSLProtocols: []string{"TLSv1.2"},
	}}
}

// latin1Text is s in UTF-8: what is not UTF-8 is taken for ISO-8859-1 as a whole, as
// CloudFront does (edge-function-restrictions-all.html, encoding).
func latin1Text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// edgeRequest: an edge event has no time, no protocol, and no parameter map.
func edgeRequest(k Kind, event []byte) (Request, error) {
	var d edgeDocument
	if err := json.Unmarshal(event, &d); err != nil {
		return Request{}, fmt.Errorf("read Lambda@Edge event: %w", err)
	}
	if len(d.Records) != 1 {
		return Request{}, fmt.Errorf("read Lambda@Edge event: %d records, not 1", len(d.Records))
	}
	config, m := d.Records[0].CF.Config, d.Records[0].CF.Request
	if config.EventType != edgeEventType(k) || m.Method == "" {
		return Request{}, fmt.Errorf("read Lambda@Edge event: eventType %q, method %q; want a %s", config.EventType, m.Method, edgeEventType(k))
	}
	r := m.request()
	r.ID = config.RequestID
	r.via.event = true
	if m.Body != nil {
		body, err := decodeBody(m.Body.Data, m.Body.Encoding != "text")
		if err != nil {
			return Request{}, fmt.Errorf("read Lambda@Edge event: %w", err)
		}
		r.Body, r.via.cut = body, m.Body.InputTruncated
	}
	if k.Answers() {
		return r, nil
	}
	return r, d.Records[0].CF.Response.upstream(&r)
}

// request is what the object says but for the body.
func (m edgeMessage) request() Request {
	r := Request{Method: m.Method, Path: m.URI, RawQuery: m.QueryString, SourceIP: m.ClientIP}
	r.Header = fieldList(m.Headers)
	r.Host = r.Header.Get("Host")
	return r
}
