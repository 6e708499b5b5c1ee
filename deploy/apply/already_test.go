package apply_test

import (
	"strings"
	"testing"
)

// What stands under a name that a stack wants is left alone, and the error says so; of a
// table that its name cannot be another.
func TestWhatStandsAlready(t *testing.T) {
	for _, c := range []struct{ kind, reason, want string }{
		{"AWS::DynamoDB::Table", "AlienCards already exists", "left alone: handlers call their table by that name"},
		{"AWS::Logs::LogGroup", "/aws/lambda/bench-small-1-url already exists", "left alone: delete it, or give another --name"},
		{"AWS::DynamoDB::Table", "Rate exceeded", "CREATE_FAILED: Rate exceeded"},
	} {
		token := ""
		newFake(t, map[string]func(call) (int, string){
			"DescribeStacks": func(r call) (int, string) {
				if r.n == 1 {
					return noStack(bucketStack)
				}
				return stacksXML(stackXML(bucketStack, "ROLLBACK_COMPLETE", "small-1", ""))
			},
			"CreateStack": func(r call) (int, string) {
				token = r.form.Get("ClientRequestToken")
				return 200, result("CreateStack", "<StackId>"+idOf(bucketStack)+"</StackId>")
			},
			"DescribeStackEvents": func(call) (int, string) { return eventsXML("", event(token, c.kind, "It", "CREATE_FAILED", c.reason)) },
		})
		_, err := open(t, hurried()).Deploy(t.Context(), bucketOnly())
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "left alone") != strings.Contains(c.reason, "already exists") {
			t.Errorf("%s, %q: error %v, want %q", c.kind, c.reason, err, c.want)
		}
	}
}
