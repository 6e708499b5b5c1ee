package contract

import (
	"encoding/json"
	"fmt"
	"strings"

	"frontdoor/front"
	"frontdoor/lab"
)

// advice is what to do about a result that a front does not take.
type advice struct{ why, do, source string }

// page is AWS's page on what a front takes.
func page(k front.Kind) string {
	switch k {
	case front.APIGatewayREST:
		return restPage
	case front.APIGatewayNonProxy:
		return "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html"
	case front.APIGatewayHTTP:
		return payloadPage
	case front.ALB:
		return albPage
	case front.FunctionURL:
		return urlPage
	}
	return edgeAnswers
}

// adviceOn says what to do about an exchange that a front answered itself.
func adviceOn(k front.Kind, x lab.Exchange) advice {
	switch x.Cause {
	case front.BadResult:
		if a := adviceOnShape(k, x.Result); a.do != "" {
			return a
		}
		if k.Edge() && strings.Contains(x.Reason, " header") {
			return advice{"CloudFront keeps some header fields to itself: a function may not add, change or delete them", "leave the field out of the answer", edgeHeaders}
		}
		return advice{"the front does not take the JSON that the function returned", "return what the front's page says, and nothing else", page(k)}
	case front.FunctionError:
		if status := failedStatus(k, x); status != 0 {
			return advice{"without a proxy integration the function's answer has no status: another than 200 can only come as a failed invocation, whose errorMessage is then the body of a 200",
				fmt.Sprintf(`give the API an integration response with the selection pattern .*"httpStatus":%d.* and that status, or take a proxy integration`, status), page(k)}
		}
		return advice{"the function failed: the client sees no more of it than the status", "handle what the event of this front lacks or has otherwise; the reason is the function's own", page(k)}
	case front.Timeout:
		return advice{"the function did not answer within the front's or its own timeout", "answer sooner, or choose a front with a longer timeout", limitPage(k)}
	case front.ResponseTooLarge:
		return advice{"the answer is over what the front carries", "answer with a redirect to S3, or in pages", limitPage(k)}
	}
	return advice{}
}

// failedStatus is the status of an answer that a handler of bench could only give as a
// failed invocation, 0 of any other exchange: front.Failed has the text.
func failedStatus(k front.Kind, x lab.Exchange) int {
	var e struct {
		Message string `json:"errorMessage"`
	}
	var own struct {
		Status int `json:"httpStatus"`
	}
	if k != front.APIGatewayNonProxy || x.Cause != front.FunctionError || json.Unmarshal(x.Result, &e) != nil || json.Unmarshal([]byte(e.Message), &own) != nil {
		return 0
	}
	return own.Status
}

func limitPage(k front.Kind) string {
	switch {
	case k.Edge():
		return edgeLimits
	case k.REST() || k == front.APIGatewayHTTP:
		return quotaPage
	case k == front.ALB:
		return albPage
	}
	return "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
}

// shape is as much of a result as tells what is wrong with it.
type shape struct {
	Status     json.RawMessage
	StatusCode json.RawMessage            `json:"statusCode"`
	Headers    map[string]json.RawMessage `json:"headers"`
	Body       json.RawMessage            `json:"body"`
}

// adviceOnShape recognises the shapes of another front.
func adviceOnShape(k front.Kind, result []byte) advice {
	var s shape
	if json.Unmarshal(result, &s) != nil {
		return advice{}
	}
	switch {
	case k.Edge() && s.Status == nil && s.StatusCode != nil:
		return advice{"statusCode is the name behind API Gateway, ALB and function URLs; CloudFront reads status", "return status behind CloudFront, as a string: \"status\": \"200\"", page(k)}
	case k.Edge() && !lists(s.Headers):
		return advice{"CloudFront takes headers as lists of objects with key and value, not as text", `return "content-type": [{"key": "Content-Type", "value": "application/json"}]`, page(k)}
	case !k.Edge() && s.StatusCode == nil && s.Status != nil:
		return advice{"status is CloudFront's name; the fronts of a Region read statusCode", `return statusCode, as a number: "statusCode": 200`, page(k)}
	case k == front.ALB && isNull(s.StatusCode, s.Body):
		return advice{"ALB takes no null where it wants a value", "leave a field out in place of setting it to null", page(k)}
	case k == front.ALB && len(s.StatusCode) > 0 && s.StatusCode[0] == '"':
		return advice{"ALB takes a number for statusCode", `return "statusCode": 200 without quotes`, page(k)}
	case !k.Edge() && !texts(s.Headers):
		return advice{"a header value is not a string: ALB takes strings only", `return header values in quotes: "Access-Control-Max-Age": "7200"`, page(k)}
	}
	return advice{}
}

func lists(h map[string]json.RawMessage) bool { return each(h, '[') }
func texts(h map[string]json.RawMessage) bool { return each(h, '"') }

// each reports whether every value begins with c.
func each(h map[string]json.RawMessage, c byte) bool {
	for _, raw := range h {
		if raw[0] != c {
			return false
		}
	}
	return true
}

func isNull(all ...json.RawMessage) bool {
	for _, raw := range all {
		if string(raw) == "null" {
			return true
		}
	}
	return false
}
