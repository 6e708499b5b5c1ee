// Package proof holds the handlers' versions to one table: every request of
// testdata goes through the lab, its HTTP fronts and its Runtime API, to the handler
// in Go, in Node.js for Lambda@Edge and in JavaScript for CloudFront Functions.
package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/dynamodb"
	"frontdoor/runtimes"
)

// TestMain makes the test binary its own function bootstrap, as bench is.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	runtime.GOMAXPROCS(1) // as the bench command does
	if os.Args[1] == "origin" {
		serveOrigin()
	}
	if err := handlers.Serve(front.Kind(os.Args[1]), os.Args[2]); err != nil {
		panic(err)
	}
}

// exchange is one request of the table and what must come of it; testdata/README.md
// says what each field is.
type exchange struct {
	Name     string
	Request  string
	Headers  map[string]string
	Viewer   string
	Kinds    []front.Kind
	Versions []string
	Status   int
	Answer   map[string]string
	Body     *string
	OneOf    []string `yaml:"one_of"`
	Forward  string
	With     map[string]string
	Upstream map[string]string
}

func (x exchange) method() string { method, _, _ := strings.Cut(x.Request, " "); return method }

func (x exchange) path() string {
	_, target, _ := strings.Cut(x.Request, " ")
	path, _, _ := strings.Cut(target, "?")
	return path
}

func (x exchange) query() string { _, query, _ := strings.Cut(x.Request, "?"); return query }

// read decodes a file of testdata; a field that it does not know is a mistake.
func read(t *testing.T, name string, into any) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := yaml.NewDecoder(f)
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// tables is testdata/tables.yaml.
func tables(t *testing.T) []dynamodb.Table {
	t.Helper()
	var seeds map[string]struct {
		Region, Key string
		Items       []map[string]any
	}
	read(t, "tables.yaml", &seeds)
	var tables []dynamodb.Table
	for name, seed := range seeds {
		table := dynamodb.Table{Name: name, Regions: []string{seed.Region}, Key: dynamodb.Key{Hash: dynamodb.Attribute{Name: seed.Key, Kind: dynamodb.Text}}}
		for _, plain := range seed.Items {
			for name, value := range plain {
				if fraction, ok := value.(float64); ok {
					plain[name] = json.Number(fmt.Sprint(fraction))
				}
			}
			item, err := dynamodb.ItemOf(plain)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			table.Items = append(table.Items, item)
		}
		tables = append(tables, table)
	}
	return tables
}

// The versions of a handler.
const (
	inGo   = "go"
	inNode = "nodejs"
	inCFF  = "cff"
)

// versions are those that a handler has.
func versions(handler string) []string {
	list := []string{inGo}
	if _, ok := handlers.NodeCode(handler); ok {
		list = append(list, inNode)
	}
	if _, ok := handlers.FunctionCode(handler); ok {
		list = append(list, inCFF)
	}
	return list
}

// commandOf is the bootstrap of a handler's version for Lambda; it skips where Node.js
// is missing.
func commandOf(t *testing.T, version string, kind front.Kind, handler string) []string {
	t.Helper()
	if version == inGo {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		return []string{self, string(kind), handler}
	}
	files, _ := handlers.NodeCode(handler)
	command, err := runtimes.Embedded(files, handler+".handler")
	if err != nil {
		t.Skip(err)
	}
	return command
}
