package scenarios

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

func ship(t *testing.T, name string) *Scenario {
	t.Helper()
	file, data, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Parse(file, data) // cmd/bench holds the handlers against those that there are
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestShippedParse(t *testing.T) {
	want := []string{
		"cache-ttl-straddle",
		"contract-check",
		"edge-events",
		"global-api",
		"idle-cost",
		"mediaconvert-polling",
		"mediaconvert-status",
		"meditations",
		"offload-a-b",
		"quickstart",
		"region-failover",
	}
	if got := Names(); !slices.Equal(got, want) {
		t.Fatalf("shipped are %q, want %q", got, want)
	}
	for _, info := range Shipped() {
		s := ship(t, info.Name)
		if s.Name != info.Name || s.Description == "" || s.Description != info.Description {
			t.Errorf("%s calls itself %q, %q; listed is %q", info.Name, s.Name, s.Description, info.Description)
		}
		if len(s.Warnings) != 0 {
			t.Errorf("%s has the warnings %v", info.Name, s.Warnings)
		}
		for _, r := range s.Requests {
			if r.Expect.Body.Any && r.Method != "HEAD" {
				t.Errorf("%s does not check the body of %s %s", info.Name, r.Method, r.Path)
			}
		}
	}
}

func TestQuickstart(t *testing.T) {
	s := ship(t, "quickstart")
	var kinds []front.Kind
	for _, f := range s.Fronts {
		kinds = append(kinds, f.Kind)
	}
	if want := []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB, front.FunctionURL, front.EdgeViewerRequest}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %q, want %q", kinds, want)
	}
	trial := time.Duration(s.Load.Duration + s.Load.Warmup)
	if total := trial * time.Duration(s.Rounds*len(s.Fronts)); total > time.Minute {
		t.Errorf("its load takes %s, and it promises about a minute", total)
	}
	if got, want := s.Traffic.RequestsPerMonth, (Forecast{7e6, 15e6, 32e6}); got != want {
		t.Errorf("forecast %v, want %v", got, want)
	}
	if got := s.Requests[0].Expect.Problem(200, []byte(`"Hello from Lambda!"`)); got != "" {
		t.Errorf("the right answer is called %q", got)
	}
}

// TestMeditations sends the answer that the tutorial prints
// (https://blog.ryankelly.us, "Going Serverless with AWS Lambda and API Gateway")
// and the one that API Gateway's non-proxy integration makes of a failed function.
func TestMeditations(t *testing.T) {
	e := ship(t, "meditations").Requests[0].Expect
	for body, want := range map[string]string{
		`{"status": "success", "meditation": "did u mention banana cognac shower"}`: "",
		`{"status":"success","meditation":"off to a regex/"}`:                       "",
		`{"status": "success", "meditation": ""}`:                                   "body",
		`{"status": "success"}`:                                                     "body",
		`{"errorMessage": "boom", "errorType": "KeyError"}`:                         "body",
	} {
		if got := e.Problem(200, []byte(body)); got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("quickstart", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	for arg, want := range map[string]string{"quickstart": "quickstart.yaml", "./quickstart": "./quickstart"} {
		name, data, err := Open(arg)
		if err != nil || name != want || (arg == want) != (string(data) == "mine") {
			t.Errorf("Open(%q) = %q, %d bytes, %v", arg, name, len(data), err)
		}
	}
	want := `open scenario "quickstrat": no such scenario: want a file, or one of ` + strings.Join(Names(), ", ") + `, did you mean "quickstart"`
	if _, _, err := Open("quickstrat"); !errors.Is(err, ErrUnknown) || err.Error() != want {
		t.Errorf("error\n got %v\nwant %s", err, want)
	}
	if _, _, err := Open("quickstart.yaml"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Open(quickstart.yaml) without such a file: %v", err)
	}
	if _, _, err := Open(t.TempDir() + "/"); err == nil || errors.Is(err, ErrUnknown) {
		t.Errorf("Open of a folder: %v", err)
	}
}

func TestShippedComments(t *testing.T) {
	files, err := filepath.Glob("shipped/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no shipped scenario found: %v", err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(os.DirFS("."), file)
		if err != nil {
			t.Fatal(err)
		}
		one := 6
		if slices.Contains([]string{"quickstart.yaml", "meditations.yaml"}, filepath.Base(file)) {
			one = 2 // those that people learn the format from
		}
		wellCommented(t, file, string(data), one)
	}
}
