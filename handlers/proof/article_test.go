package proof

import (
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/runtimes"
	"frontdoor/yardstick"
)

// The handlers of the article, files in Python that know nothing of bench, run behind
// the edge front with boto3, which finds the lab's DynamoDB by AWS's own variables;
// they answer as the tables say, and so as every other version does.
func TestArticle(t *testing.T) {
	command, err := runtimes.Command(runtimes.Python, "lambda_function.lambda_handler")
	if err != nil {
		t.Skip(err)
	}
	yardstick.Boto3(t)
	for _, handler := range []string{"jobid", "status"} {
		l, err := lab.Start(lab.Config{LogDir: t.TempDir(), Tables: tables(t), Fronts: []lab.Front{{
			ID: "edge", Kind: front.EdgeViewerRequest, Region: "us-east-1", Handler: "lambda_function.lambda_handler", Command: command,
			Dir: "testdata/article/" + handler, MemoryMB: 128, Architecture: "x86_64", Timeout: 5e9, Concurrency: 1,
		}}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		var table []exchange
		read(t, handler+".yaml", &table)
		proved := 0
		for _, x := range table {
			if x.Kinds == nil || slices.Contains(x.Kinds, front.EdgeViewerRequest) {
				t.Run(handler+"/"+x.Name, func(t *testing.T) { x.proves(t, l.Fronts()[0].URL) })
				l.Settle() // so that the next finds the environment free
				proved++
			}
		}
		if proved < 10 {
			t.Errorf("%s: %d exchanges", handler, proved)
		}
	}
}
