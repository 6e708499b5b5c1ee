package handlers

import (
	"context"

	"frontdoor/front"
)

// Hello answers GET on any path with the JSON string that the Lambda console puts
// into a new function, json.dumps('Hello from Lambda!'), which is what
// https://blog.nightonly.com (2022-05-10) first deployed behind each door.
func Hello(_ context.Context, r front.Request) (front.Answer, error) {
	if r.Method != "GET" && r.Method != "HEAD" {
		return methodNotAllowed("GET, HEAD"), nil
	}
	return jsonAnswer(200, []byte(`"Hello from Lambda!"`)), nil
}
