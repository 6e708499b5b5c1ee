package intake

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdoor/front"
)

// Auto tells a format by its content.
const Auto = "auto"

// maxUnpacked bounds what gzip may unfold.
const maxUnpacked = 8 << 30

// hitReaders are the formats of requests, by the word that names one.
func hitReaders() map[string]func([]byte, front.Kind) (Capture, error) {
	return map[string]func([]byte, front.Kind) (Capture, error){
		"vegeta": readVegeta, "k6": func(d []byte, _ front.Kind) (Capture, error) { return readK6(d) },
		"hey": func(d []byte, _ front.Kind) (Capture, error) { return readHey(d) },
	}
}

// HitFormats lists the words for formats of requests.
func HitFormats() []string { return []string{Auto, "vegeta", "k6", "hey"} }

// ReadHits reads the requests of one file, which may be packed by gzip. The kind of front
// decides which fields of answers are its own request id.
func ReadHits(name string, data []byte, format string, k front.Kind) (Capture, error) {
	data, err := unpack(data)
	if err != nil {
		return Capture{}, fmt.Errorf("%s: %w", name, err)
	}
	if format == Auto {
		format = detectHits(data)
	}
	read, ok := hitReaders()[format]
	if !ok {
		return Capture{}, fmt.Errorf("%s: it holds no results that are known: want those of vegeta (gob, JSON or CSV), k6 (--out csv) or hey (-o csv)", name)
	}
	c, err := read(data, k)
	if err == nil && len(c.Hits) == 0 {
		err = fmt.Errorf("it holds no request")
	}
	if err != nil {
		return Capture{}, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// detectHits names the format, or is "".
func detectHits(data []byte) string {
	first, _, _ := strings.Cut(string(data[:min(len(data), 4096)]), "\n")
	columns := strings.Split(strings.TrimSpace(first), ",")
	switch {
	case slices.Contains(columns, "metric_name"):
		return "k6"
	case columns[0] == "response-time":
		return "hey"
	case vegetaDecoder(data) != nil:
		return "vegeta"
	}
	return ""
}

func unpack(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read gzip: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxUnpacked))
	if err != nil {
		return nil, fmt.Errorf("read gzip: %w", err)
	}
	return plain, nil
}
