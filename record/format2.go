package record

// hit2 is a Hit as format 2 had it.
type hit2 struct {
	Seq       int64  `parquet:"seq,delta"`
	Request   int32  `parquet:"request"`
	Warmup    bool   `parquet:"warmup"`
	Due       int64  `parquet:"due_ns,delta"`
	Launched  int64  `parquet:"launched_ns,delta"`
	Sent      int64  `parquet:"sent_ns,delta"`
	FirstByte int64  `parquet:"first_byte_ns,delta"`
	Done      int64  `parquet:"done_ns,delta"`
	Status    int32  `parquet:"status"`
	BytesOut  int64  `parquet:"bytes_out"`
	BytesIn   int64  `parquet:"bytes_in"`
	NewConn   bool   `parquet:"new_conn"`
	RequestID string `parquet:"request_id,optional"`
	Cold      int32  `parquet:"cold"`
	Error     string `parquet:"error,optional,dict"`
	DNS       int64  `parquet:"dns_ns"`
	Connect   int64  `parquet:"connect_ns"`
	TLS       int64  `parquet:"tls_ns"`
	Protocol  string `parquet:"protocol,optional,dict"`
	FrontID   string `parquet:"front_request_id,optional"`
	Pop       string `parquet:"pop,optional,dict"`
	Cache     string `parquet:"x_cache,optional,dict"`
}

// hit is h as it is now: its functions said nothing of what they consumed.
func (h hit2) hit() Hit {
	return Hit{Seq: h.Seq, Request: h.Request, Warmup: h.Warmup, Due: h.Due, Launched: h.Launched, Sent: h.Sent, FirstByte: h.FirstByte, Done: h.Done,
		Status: h.Status, BytesOut: h.BytesOut, BytesIn: h.BytesIn, NewConn: h.NewConn, RequestID: h.RequestID, Cold: h.Cold, Error: h.Error,
		DNS: h.DNS, Connect: h.Connect, TLS: h.TLS, Protocol: h.Protocol, FrontID: h.FrontID, Pop: h.Pop, Cache: h.Cache}
}
