package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"frontdoor/front"
)

// Meditations are the seven texts of "Going Serverless with AWS Lambda and API
// Gateway", blog.ryankelly.us (2016-08-07), github.com/f0rk/meditations.
func Meditations() []string {
	return []string{
		"off to a regex/",
		"the count of machines abides",
		"you wouldn't fax a bat",
		"HAZARDOUS CHEMICALS + RKELLY",
		"your solution requires a blood eagle",
		"testing is broken because I'm lazy",
		"did u mention banana cognac shower",
	}
}

// meditation is the answer, keys in the order of the original.
type meditation struct {
	Status     string `json:"status"`
	Meditation string `json:"meditation"`
}

// Meditate answers POST / with one of the meditations, which pick chooses by its
// index below n, and logs the Lambda request id at INFO as the original did. Its
// API has no other path (404) and no other method (405).
func Meditate(pick func(n int) int, log *slog.Logger) Handler {
	texts := Meditations()
	return func(ctx context.Context, r front.Request) (front.Answer, error) {
		switch {
		case r.Path != "/":
			return jsonAnswer(404, []byte(`{"status":"error","message":"not found"}`)), nil
		case r.Method != "POST":
			return methodNotAllowed("POST"), nil
		}
		log.InfoContext(ctx, fmt.Sprintf("received request with id '%s'", requestID(ctx)))
		body, err := json.Marshal(meditation{"success", texts[pick(len(texts))]})
		if err != nil {
			return front.Answer{}, fmt.Errorf("encode meditation: %w", err)
		}
		return jsonAnswer(200, body), nil
	}
}

// requestID is Lambda's id of the invocation, "" outside Lambda.
func requestID(ctx context.Context) string {
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		return lc.AwsRequestID
	}
	return ""
}
