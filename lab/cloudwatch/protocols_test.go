package cloudwatch

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

const authorization = "AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0"

// post sends a hand-written call; header holds pairs of name and value.
func post(t *testing.T, address string, body []byte, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", authorization)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, text
}

func target(operation string) []string {
	return []string{"Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "GraniteServiceVersion20100801." + operation}
}

// 2026-11-22T12:00:00Z is 1795348800 (date -d).
const jsonCall = `{"StartTime":1795348800,"EndTime":1795348860,"MetricDataQueries":[{"Id":"q","MetricStat":{"Metric":` +
	`{"Namespace":"AWS/Lambda","MetricName":"Duration","Dimensions":[{"Name":"FunctionName","Value":"f"}]},"Period":60,"Stat":"p50"}}]}`

func TestJSON(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Second, 3, 1, 2)
	answer, text := post(t, serve(t, s), []byte(jsonCall), target("GetMetricData")...)
	want := `{"MetricDataResults":[{"Id":"q","Label":"Duration","Timestamps":[1795348800],"Values":[2],"StatusCode":"Complete"}],"Messages":[]}`
	if answer.StatusCode != 200 || string(text) != want || answer.Header.Get("Content-Type") != "application/x-amz-json-1.0" {
		t.Errorf("%d %s\n%s\nwant\n%s", answer.StatusCode, answer.Header.Get("Content-Type"), text, want)
	}
}

func TestJSONErrors(t *testing.T) {
	address := serve(t, NewStore())
	for name, row := range map[string]struct{ operation, body, code, shape string }{
		"statistic": {"GetMetricData", strings.Replace(jsonCall, "p50", "p200", 1), "InvalidParameterValue", "InvalidParameterValueException"},
		"missing":   {"GetMetricData", `{}`, "MissingParameter", "MissingRequiredParameterException"},
		"operation": {"GetDashboard", `{}`, "InvalidAction", "UnknownOperationException"},
		"syntax":    {"GetMetricData", `{`, "MalformedInput", "SerializationException"},
		"type":      {"GetMetricData", `{"StartTime":"yesterday"}`, "MalformedInput", "SerializationException"},
	} {
		answer, text := post(t, address, []byte(row.body), target(row.operation)...)
		var got struct {
			Type    string `json:"__type"`
			Message string `json:"message"`
		}
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != 400 || got.Type != "com.amazonaws.cloudwatch.v2010_08_01#"+row.shape || got.Message == "" ||
			answer.Header.Get("X-Amzn-Query-Error") != row.code+";Sender" {
			t.Errorf("%s: %d %q %s", name, answer.StatusCode, answer.Header.Get("X-Amzn-Query-Error"), text)
		}
	}
}

func TestQuery(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Second, 3, 1, 2)
	form := url.Values{}
	for name, value := range map[string]string{
		"Action": "GetMetricData", "Version": "2010-08-01", "StartTime": "2026-11-22T12:00:00Z", "EndTime": "2026-11-22T12:01:00Z",
		"MetricDataQueries.member.1.Id":                                          "q",
		"MetricDataQueries.member.1.ReturnData":                                  "true",
		"MetricDataQueries.member.1.MetricStat.Stat":                             "tm90",
		"MetricDataQueries.member.1.MetricStat.Period":                           "60",
		"MetricDataQueries.member.1.MetricStat.Metric.Namespace":                 "AWS/Lambda",
		"MetricDataQueries.member.1.MetricStat.Metric.MetricName":                "Duration",
		"MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name":  "FunctionName",
		"MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value": "f",
	} {
		form.Set(name, value)
	}
	answer, text := post(t, serve(t, s), []byte(form.Encode()), "Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	var got struct {
		XMLName xml.Name
		Results []struct {
			ID         string    `xml:"Id"`
			Timestamps []string  `xml:"Timestamps>member"`
			Values     []float64 `xml:"Values>member"`
		} `xml:"GetMetricDataResult>MetricDataResults>member"`
	}
	if err := xml.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != 200 || got.XMLName.Local != "GetMetricDataResponse" || got.XMLName.Space != xmlNamespace || len(got.Results) != 1 ||
		!slices.Equal(got.Results[0].Values, []float64{2}) || !slices.Equal(got.Results[0].Timestamps, []string{"2026-11-22T12:00:00Z"}) {
		t.Errorf("%d %s", answer.StatusCode, text)
	}
}

func TestQueryErrors(t *testing.T) {
	address := serve(t, NewStore())
	for name, row := range map[string]struct{ body, code string }{
		"missing":   {"Action=GetMetricData", "MissingParameter"},
		"operation": {"Action=GetDashboard", "InvalidAction"},
		"nesting":   {"Action=ListMetrics&Dimensions=1&Dimensions.member.1.Name=a", "MalformedInput"},
		"position":  {"Action=ListMetrics&Dimensions.member.2000000000.Name=a", "MalformedInput"},
	} {
		answer, text := post(t, address, []byte(row.body), "Content-Type", "application/x-www-form-urlencoded")
		var got struct {
			XMLName xml.Name
			Type    string `xml:"Error>Type"`
			Code    string `xml:"Error>Code"`
		}
		if err := xml.Unmarshal(text, &got); err != nil {
			t.Fatalf("%s: %v in %s", name, err, text)
		}
		if answer.StatusCode != 400 || got.XMLName.Local != "ErrorResponse" || got.Code != row.code || got.Type != "Sender" {
			t.Errorf("%s: %d %s, want %s", name, answer.StatusCode, text, row.code)
		}
	}
}

func TestGzip(t *testing.T) {
	pack := func(text string) []byte {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = io.WriteString(w, text)
		w.Close()
		return packed.Bytes()
	}
	address := serve(t, NewStore())
	header := append(target("GetMetricData"), "Content-Encoding", "gzip")
	if answer, text := post(t, address, pack(jsonCall), header...); answer.StatusCode != 200 {
		t.Errorf("gzip: %d %s", answer.StatusCode, text)
	}
	if answer, _ := post(t, address, []byte(jsonCall), header...); answer.StatusCode != 400 {
		t.Errorf("no gzip under a gzip header: %d, want 400", answer.StatusCode)
	}
	if answer, _ := post(t, address, pack(strings.Repeat(" ", maxUnpacked+1)), header...); answer.StatusCode != 400 {
		t.Errorf("a bomb: %d, want 400", answer.StatusCode)
	}
}

func TestWithoutRegion(t *testing.T) {
	for _, value := range []string{"", "Basic x", "AWS4-HMAC-SHA256 Credential=AKID"} {
		answer, text := post(t, serve(t, NewStore()), []byte(jsonCall), append(target("GetMetricData"), "Authorization", value)...)
		if answer.StatusCode != 403 || !strings.Contains(string(text), "MissingAuthenticationToken") {
			t.Errorf("Authorization %q: %d %s", value, answer.StatusCode, text)
		}
	}
}

func TestOtherPaths(t *testing.T) {
	address := serve(t, NewStore())
	if answer, err := http.Get(address); err != nil || answer.StatusCode != 404 {
		t.Errorf("GET: %v, %v; want 404", answer, err)
	}
	if answer, _ := post(t, address+"/service/Other/operation/GetMetricData", nil, "Smithy-Protocol", "rpc-v2-cbor"); answer.StatusCode != 404 {
		t.Errorf("another service: %d, want 404", answer.StatusCode)
	}
}

// A request in CBOR that is no CBOR must be refused in CBOR.
func TestCBORGarbage(t *testing.T) {
	for _, body := range []string{"\xff", "\xa1\x01\x02", "\x9f", "\xa1iStartTime\xfb\x7f\xf8\x00\x00\x00\x00\x00\x00"} {
		answer, text := post(t, serve(t, NewStore())+"/service/GraniteServiceVersion20100801/operation/GetMetricData",
			[]byte(body), "Smithy-Protocol", "rpc-v2-cbor", "Content-Type", "application/cbor")
		if answer.StatusCode != 400 || answer.Header.Get("Smithy-Protocol") != "rpc-v2-cbor" || !strings.Contains(string(text), "SerializationException") {
			t.Errorf("%q: %d %q", body, answer.StatusCode, text)
		}
	}
}

// Law: no form makes the decoder fail other than by an error.
func FuzzForm(f *testing.F) {
	f.Add("MetricDataQueries.member.1.Id=q&StartTime=2026-11-22T12:00:00Z")
	f.Add("a.b=1&a=2")
	f.Add("Dimensions.member.x.Name=1")
	f.Fuzz(func(t *testing.T, body string) {
		var in getMetricDataInput
		_ = queryProtocol{}.decode([]byte(body), &in)
	})
}

// Law: what no client sends is refused, and does not bring the lab down.
func FuzzCBOR(f *testing.F) {
	f.Add([]byte("\xa1iStartTime\xc1\xfb\x41\xda\xc0\x54\x8e\x00\x00\x00"))
	f.Add([]byte("\xa1iNextToken\xf6"))
	f.Add([]byte{0xbf, 0xff})
	f.Fuzz(func(t *testing.T, body []byte) {
		var in getMetricDataInput
		_ = cborProtocol{}.decode(body, &in)
	})
}
