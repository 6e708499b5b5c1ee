package cloudwatch

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/smithy-go/encoding/cbor"
)

// protocol is one of the spellings in which CloudWatch is called.
type protocol interface {
	decode(body []byte, target any) error
	reply(w http.ResponseWriter, operation string, answer encodable)
	fail(w http.ResponseWriter, err *apiError)
}

var (
	_ protocol = cborProtocol{}
	_ protocol = jsonProtocol{}
	_ protocol = queryProtocol{}
)

// route tells the protocol of a request, and the operation where path or
// header name it; Query names it in the body.
func route(r *http.Request) (protocol, string) {
	if r.Method != http.MethodPost {
		return nil, ""
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/service/"+service+"/operation/"); ok &&
		r.Header.Get("Smithy-Protocol") == "rpc-v2-cbor" {
		return cborProtocol{}, name
	}
	if name, ok := strings.CutPrefix(r.Header.Get("X-Amz-Target"), service+"."); ok {
		return jsonProtocol{}, name
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return queryProtocol{}, ""
	}
	return nil, ""
}

type cborProtocol struct{}

func (cborProtocol) decode(body []byte, target any) error { return decodeCBOR(body, target) }

func (cborProtocol) reply(w http.ResponseWriter, _ string, answer encodable) {
	writeCBOR(w, http.StatusOK, answer.cbor())
}

// fail adds x-amzn-query-error, from which SDKs take the code that clients of
// the Query protocol knew.
func (cborProtocol) fail(w http.ResponseWriter, err *apiError) {
	w.Header().Set("X-Amzn-Query-Error", err.code+";"+err.fault())
	writeCBOR(w, err.status, cborMap{"__type": cbor.String(err.typeName()), "message": cbor.String(err.message)})
}

// writeCBOR sets Smithy-Protocol, without which SDKs refuse the answer.
func writeCBOR(w http.ResponseWriter, status int, body cborMap) {
	w.Header().Set("Smithy-Protocol", "rpc-v2-cbor")
	write(w, status, "application/cbor", cbor.Encode(body))
}

type jsonProtocol struct{}

func (jsonProtocol) decode(body []byte, target any) error {
	if len(body) == 0 {
		return nil
	}
	return json.Unmarshal(body, target)
}

func (p jsonProtocol) reply(w http.ResponseWriter, _ string, answer encodable) {
	p.write(w, http.StatusOK, answer)
}

func (p jsonProtocol) fail(w http.ResponseWriter, err *apiError) {
	w.Header().Set("X-Amzn-Query-Error", err.code+";"+err.fault())
	p.write(w, err.status, map[string]string{"__type": err.typeName(), "message": err.message})
}

func (jsonProtocol) write(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"__type":"InternalServiceFault"}`)
	}
	write(w, status, "application/x-amz-json-1.0", text)
}

type queryProtocol struct{}

func formAction(body []byte) string {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return ""
	}
	return form.Get("Action")
}

func (queryProtocol) decode(body []byte, target any) error {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return err
	}
	form.Del("Action")
	form.Del("Version")
	return decodeForm(form, target)
}

const xmlNamespace = "http://monitoring.amazonaws.com/doc/2010-08-01/"

func (p queryProtocol) reply(w http.ResponseWriter, operation string, answer encodable) {
	p.write(w, http.StatusOK, struct {
		XMLName   xml.Name
		Namespace string `xml:"xmlns,attr"`
		Result    any
		RequestID string `xml:"ResponseMetadata>RequestId"`
	}{xml.Name{Local: operation + "Response"}, xmlNamespace, answer, w.Header().Get("X-Amzn-Requestid")})
}

func (p queryProtocol) fail(w http.ResponseWriter, err *apiError) {
	p.write(w, err.status, struct {
		XMLName   xml.Name `xml:"ErrorResponse"`
		Namespace string   `xml:"xmlns,attr"`
		Type      string   `xml:"Error>Type"`
		Code      string   `xml:"Error>Code"`
		Message   string   `xml:"Error>Message"`
		RequestID string   `xml:"RequestId"`
	}{xml.Name{}, xmlNamespace, err.fault(), err.code, err.message, w.Header().Get("X-Amzn-Requestid")})
}

func (queryProtocol) write(w http.ResponseWriter, status int, body any) {
	text, err := xml.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte("<ErrorResponse/>")
	}
	write(w, status, "text/xml", text)
}

// typeName is the exception's absolute shape id, as recorded from AWS.
func (e *apiError) typeName() string {
	return "com.amazonaws.cloudwatch.v2010_08_01#" + e.shape
}

func write(w http.ResponseWriter, status int, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client has gone: nobody is left to tell
}
