package handlers

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"

	"frontdoor/front"
)

// The API that tells a browser how a MediaConvert job is doing, which
// https://blog.nightonly.com moved from API Gateway (2022-05-05) over a load
// balancer (2022-05-07) to Lambda@Edge (2022-05-10). What its answers look like is in
// the posts; the names of attributes beyond JobStatus, ProgressRate and OutputPath
// are ours, after the keys of the answers.
const (
	jobsRegion     = "ap-northeast-1"
	allowedOrigins = `https://.*\.nightonly\.com`
)

// endpoint is one of the API's two paths: it looks an item up by one parameter.
type endpoint struct {
	parameter string
	table     table
	origins   []*regexp.Regexp // each for a whole Origin
	err       error            // of their patterns
	succeed   func(item) ([]member, error)
}

func newEndpoint(parameter, tableName, key string, succeed func(item) ([]member, error)) endpoint {
	e := endpoint{parameter: parameter, table: newTable(tableName, key, setting("TABLE_REGION", jobsRegion)), succeed: succeed}
	for pattern := range strings.FieldsSeq(setting("ALLOWED_ORIGINS", allowedOrigins)) {
		whole, err := regexp.Compile("^(?:" + pattern + ")$")
		e.origins, e.err = append(e.origins, whole), errors.Join(e.err, err)
	}
	return e
}

// handle checks method, origin and parameter in the original's order, so that the
// first thing that is wrong is the one that is told. An item that cannot be told as
// JSON, or has not what its status promises, is a function error, as an exception is.
func (e endpoint) handle(ctx context.Context, r front.Request) (front.Answer, error) {
	slog.InfoContext(ctx, "event", "method", r.Method, "path", r.Path, "query", r.RawQuery, "headers", r.Header)
	switch origin := r.Header.Get("Origin"); {
	case e.err != nil:
		return front.Answer{}, e.err
	case r.Method == "OPTIONS":
		return front.Answer{Status: 200, Header: cors()}, nil
	case r.Method != "GET":
		return refusal(404, "No route matches.")
	case origin != "" && !e.allows(origin):
		return refusal(422, "ORIGIN is invalid.")
	}
	values, present := parameters(r)
	value, given := values[e.parameter]
	switch {
	case !present:
		return refusal(400, "Not found parameter.")
	case !given:
		return refusal(400, "Not found parameter "+e.parameter+".")
	case value == "":
		return refusal(422, "Not exist parameter "+e.parameter+".")
	}
	found, err := e.table.get(ctx, value)
	switch {
	case err != nil:
		return front.Answer{}, err
	case found == nil:
		return refusal(422, "Not found item.")
	}
	body, err := e.succeed(found)
	if err != nil {
		return front.Answer{}, err
	}
	return corsAnswer(200, append([]member{{"success", true}}, body...))
}

// allows is Python's re.fullmatch of any pattern. The one that is shipped takes
// https://evil.com/.nightonly.com too, which no browser sends and any client can.
func (e endpoint) allows(origin string) bool {
	return slices.ContainsFunc(e.origins, func(whole *regexp.Regexp) bool { return whole.MatchString(origin) })
}

func refusal(status int, message string) (front.Answer, error) {
	return corsAnswer(status, []member{{"success", false}, {"message", message}})
}

func corsAnswer(status int, body []member) (front.Answer, error) {
	text, err := dumps(body)
	if err != nil {
		return front.Answer{}, err
	}
	return front.Answer{Status: status, Header: cors(), Body: text}, nil
}

// cors are the fields of every answer. They are set in code, since the front's own
// CORS settings did not apply; Max-Age is text, for ALB answers 502 to a number.
func cors() front.Header {
	return front.Header{
		{Name: "Access-Control-Allow-Origin", Value: "*"},
		{Name: "Access-Control-Allow-Methods", Value: "GET, OPTIONS"},
		{Name: "Access-Control-Allow-Headers", Value: "*"},
		{Name: "Access-Control-Max-Age", Value: "7200"},
		{Name: "Content-Type", Value: "application/json; charset=UTF-8"},
	}
}
