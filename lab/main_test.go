package lab

import (
	"os"
	"runtime"
	"testing"

	"frontdoor/front"
	"frontdoor/handlers"
)

// TestMain makes the test binary its own function bootstrap, as bench is: of a
// built-in handler behind a kind of door, or of a raw function (raw_test.go).
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	runtime.GOMAXPROCS(1) // as the bench command does
	if os.Args[1] == "raw" {
		raw(os.Args[2], os.Args[3:])
		return
	}
	if err := handlers.Serve(front.Kind(os.Args[1]), os.Args[2]); err != nil {
		panic(err)
	}
}

// fronts is one front of every kind, with a built-in handler.
func fronts(t testing.TB, handler string, kinds ...front.Kind) []Front {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var list []Front
	for _, k := range kinds {
		list = append(list, Front{
			ID: string(k), Kind: k, Region: "us-east-1", Handler: handler, Command: []string{self, string(k), handler},
			MemoryMB: 128, Architecture: "x86_64", Timeout: 3e9, Concurrency: 64,
		})
	}
	return list
}

func serve(t testing.TB, list []Front) *Lab {
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: list})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}
