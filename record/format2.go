package record

// hit2 is a Hit as format 2 had it: that of format 1, and of its connection and its front.
type hit2 struct {
	hit1
	DNS      int64  `parquet:"dns_ns"`
	Connect  int64  `parquet:"connect_ns"`
	TLS      int64  `parquet:"tls_ns"`
	Protocol string `parquet:"protocol,optional,dict"`
	FrontID  string `parquet:"front_request_id,optional"`
	Pop      string `parquet:"pop,optional,dict"`
	Cache    string `parquet:"x_cache,optional,dict"`
}

// hit is h as it is now: its functions said nothing of what they consumed.
func (h hit2) hit() Hit {
	now := h.hit1.hit()
	now.DNS, now.Connect, now.TLS = h.DNS, h.Connect, h.TLS
	now.Protocol, now.FrontID, now.Pop, now.Cache = h.Protocol, h.FrontID, h.Pop, h.Cache
	return now
}
