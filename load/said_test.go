package load

import (
	"net/http"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// Answers' fields as AWS sends them: CloudFront's as in
// https://gist.github.com/koenbok/56de931085d4619313612272d0fa918b and
// https://gist.github.com/andyparsons/563c7e4dab956b1c85af, API Gateway's as
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
// names them.
func TestWordsOfFronts(t *testing.T) {
	for name, c := range map[string]struct {
		kind   front.Kind
		fields map[string]string
		want   record.Hit
	}{
		"CloudFront": {front.EdgeViewerRequest, map[string]string{"X-Amz-Cf-Id": "dyfM36tlG3t2SS6xCuxK6ybQIdrdsRsoKbRNdziJNZkhWSN3_XMW1A==", "X-Amz-Cf-Pop": "FRA56-P5", "X-Cache": "Miss from cloudfront"},
			record.Hit{FrontID: "dyfM36tlG3t2SS6xCuxK6ybQIdrdsRsoKbRNdziJNZkhWSN3_XMW1A==", Pop: "FRA56-P5", Cache: "Miss from cloudfront"}},
		"REST API": {front.APIGatewayREST, map[string]string{"X-Amzn-Requestid": "66b53bf4-73c1-486c-af83-18293d603e7f", "X-Amz-Apigw-Id": "XxxXXXxx="},
			record.Hit{FrontID: "XxxXXXxx="}},
		"REST API without the extended id": {front.APIGatewayREST, map[string]string{"X-Amzn-Requestid": "66b53bf4-73c1-486c-af83-18293d603e7f"},
			record.Hit{FrontID: "66b53bf4-73c1-486c-af83-18293d603e7f"}},
		"edge-optimized REST API": {front.APIGatewayREST, map[string]string{"X-Amz-Apigw-Id": "XxxXXXxx=", "X-Amz-Cf-Id": "a", "X-Amz-Cf-Pop": "NRT57-P4", "X-Cache": "Error from cloudfront"},
			record.Hit{FrontID: "XxxXXXxx=", Pop: "NRT57-P4", Cache: "Error from cloudfront"}},
		"HTTP API":      {front.APIGatewayHTTP, map[string]string{"Apigw-Requestid": "JKJaXmPLvHcESHA="}, record.Hit{FrontID: "JKJaXmPLvHcESHA="}},
		"load balancer": {front.ALB, map[string]string{"X-Amzn-Requestid": "its target's"}, record.Hit{}},
		"a function that has a table": {front.ALB, map[string]string{"X-Bench-Consumed": "us-east-1>ap-northeast-1 rru=0.5 out=812 in=465"},
			record.Hit{Consumed: "us-east-1>ap-northeast-1 rru=0.5 out=812 in=465"}},
		"a word of a stranger's": {front.ALB, map[string]string{"X-Bench-Consumed": "Bearer us-east-1 rru=0.5"}, record.Hit{}},
		"not printable":          {front.EdgeViewerRequest, map[string]string{"X-Amz-Cf-Id": "\x1b[2J", "X-Amz-Cf-Pop": strings.Repeat("x", 257), "X-Cache": "é"}, record.Hit{}},
	} {
		answer := &http.Response{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}}
		for field, value := range c.fields {
			answer.Header.Set(field, value)
		}
		var got record.Hit
		(&client{plan: &Plan{FrontIDs: c.kind.RequestIDFields()}}).keepSaid(&got, answer)
		if c.want.Protocol = "HTTP/1.1"; got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
