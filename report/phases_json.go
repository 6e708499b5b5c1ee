package report

// jsonPhases are milliseconds.
type jsonPhases struct {
	New       int            `json:"new"`
	DNS       jsonEstimate   `json:"dns_ms"`
	Connect   jsonEstimate   `json:"tcp_ms"`
	TLS       jsonEstimate   `json:"tls_ms"`
	FirstByte jsonEstimate   `json:"first_byte_ms"`
	Protocols []jsonProtocol `json:"protocols"`
}

type jsonProtocol struct {
	Name     string `json:"name"`
	Requests int    `json:"requests"`
}

type jsonPart struct {
	By       string       `json:"by"`
	Value    string       `json:"value"`
	Requests int          `json:"requests"`
	Failed   int          `json:"failed"`
	P50      jsonEstimate `json:"response_p50_ms"`
	P99      jsonEstimate `json:"response_p99_ms"`
}

func phasesDocument(p *Phases) *jsonPhases {
	if p == nil {
		return nil
	}
	d := &jsonPhases{New: p.Connections, DNS: estimateDocument(p.DNS), Connect: estimateDocument(p.Connect), TLS: estimateDocument(p.TLS),
		FirstByte: estimateDocument(p.FirstByte), Protocols: []jsonProtocol{}}
	for _, protocol := range p.Protocols {
		d.Protocols = append(d.Protocols, jsonProtocol(protocol))
	}
	return d
}

func partDocuments(parts []Part) []jsonPart {
	out := []jsonPart{}
	for _, p := range parts {
		out = append(out, jsonPart{p.By, p.Value, p.Requests, p.Failed, estimateDocument(p.P50), estimateDocument(p.P99)})
	}
	return out
}
