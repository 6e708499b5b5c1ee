package dynamodb

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
	"strings"

	"frontdoor/lab/sigv4"
)

const (
	service = "DynamoDB_20120810"
	// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
	contentType = "application/x-amz-json-1.0"
	// AWS takes 16 MB for a request of many items; one item is 400 KB, which base64 and
	// the protocol's own words make larger.
	maxBody = 16 << 20
)

// Handler serves the database to one caller, at the root of a loopback listener.
func (d *Database) Handler(meter Meter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amzn-Requestid", rand.Text())
		name, ok := strings.CutPrefix(r.Header.Get("X-Amz-Target"), service+".")
		if r.Method != http.MethodPost || !ok {
			fail(w, unknownOperation(r.Method+" "+r.URL.Path))
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			fail(w, serialization(err))
			return
		}
		answer, err := d.carryOut(name, sigv4.Region(r), body, meter)
		if err != nil {
			fail(w, err)
			return
		}
		reply(w, http.StatusOK, answer)
	})
}

// call is one call that is carried out.
type call struct {
	*Database
	region string
	meter  Meter
}

func (d *Database) carryOut(name, region string, body []byte, meter Meter) (any, error) {
	if region == "" {
		return nil, unsigned()
	}
	c := call{d, region, meter}
	switch name {
	case "DescribeTable":
		return run(d, body, c.describeTable)
	case "GetItem":
		return run(d, body, c.getItem)
	case "PutItem":
		return run(d, body, c.putItem)
	case "Scan":
		return run(d, body, c.scan)
	case "UpdateItem":
		return run(d, body, c.updateItem)
	}
	return nil, unknownOperation(name)
}

// run decodes the input of an operation and carries it out, while no other one is.
func run[In any, Out any](d *Database, body []byte, operation func(In) (Out, error)) (any, error) {
	var in In
	if err := decode(body, &in); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return operation(in)
}

// decode reads an input. AWS ignores a parameter that it does not know; the lab
// refuses it, since it may be one that AWS knows and would have heeded.
func decode(body []byte, into any) error {
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	var known *Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return validation("the lab's DynamoDB does not serve the parameter %s", strings.TrimPrefix(err.Error(), "json: unknown field "))
	}
	return serialization(err)
}

// table is the replica that the call is about.
func (c call) table(name string) (*replica, error) {
	if name == "" {
		return nil, validation("The parameter 'TableName' is required but was not present in the request")
	}
	r := c.in(c.region, name)
	if r == nil {
		return nil, notFound()
	}
	return r, nil
}

func fail(w http.ResponseWriter, err error) {
	var known *Error
	if !errors.As(err, &known) {
		known = &Error{Code: "InternalServerError", Message: err.Error(), status: http.StatusInternalServerError}
	}
	body := map[string]any{"__type": known.shape(), "message": known.Message}
	if known.Item != nil {
		body["Item"] = known.Item
	}
	reply(w, known.status, body)
}

// reply adds the checksum that SDKs compare the answer with.
func reply(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}`)
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Amz-Crc32", strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client has gone: nobody is left to tell
}
