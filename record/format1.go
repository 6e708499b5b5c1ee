package record

// hit1 is a Hit as format 1 had it.
type hit1 struct {
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
}

// hit is h as it is now: nothing is known of its connection.
func (h hit1) hit() Hit {
	return Hit{Seq: h.Seq, Request: h.Request, Warmup: h.Warmup, Due: h.Due, Launched: h.Launched, Sent: h.Sent, FirstByte: h.FirstByte, Done: h.Done,
		Status: h.Status, BytesOut: h.BytesOut, BytesIn: h.BytesIn, NewConn: h.NewConn, RequestID: h.RequestID, Cold: h.Cold, Error: h.Error}
}

// report1 is a Report as format 1 had it.
type report1 struct {
	RequestID  string `parquet:"request_id"`
	DurationUS int64  `parquet:"duration_us"`
	BilledMS   int64  `parquet:"billed_ms"`
	InitUS     int64  `parquet:"init_us"`
	MemoryMB   int32  `parquet:"memory_mb"`
	MaxMemMB   int32  `parquet:"max_memory_mb"`
	Status     string `parquet:"status,optional,dict"`
	LogBytes   int64  `parquet:"log_bytes"`
}

// readHits reads a trial's hits of any format.
func readHits(format int, path, sum string) ([]Hit, error) {
	switch {
	case format > 2:
		return readParquet[Hit](path, sum)
	case format == 2:
		return converted(path, sum, hit2.hit)
	}
	return converted(path, sum, hit1.hit)
}

// readReports reads a trial's reports of any format.
func readReports(format int, path, sum string) ([]Report, error) {
	if format > 1 {
		return readParquet[Report](path, sum)
	}
	return converted(path, sum, func(r report1) Report {
		return Report{RequestID: r.RequestID, DurationUS: r.DurationUS, BilledMS: r.BilledMS, InitUS: r.InitUS, MemoryMB: r.MemoryMB, MaxMemMB: r.MaxMemMB,
			Status: r.Status, LogBytes: r.LogBytes}
	})
}

func converted[From, To any](path, sum string, convert func(From) To) ([]To, error) {
	rows, err := readParquet[From](path, sum)
	if err != nil {
		return nil, err
	}
	var out []To // nil without rows, as readParquet's own
	for _, row := range rows {
		out = append(out, convert(row))
	}
	return out, nil
}
