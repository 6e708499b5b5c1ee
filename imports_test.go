// Package frontdoor_test holds the law of imports: which package may know which.
package frontdoor_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "frontdoor"

// law says which of our own packages each package may import, tests left out:
// packages are stages, and follow the data in one line. A new line needs a
// decision record in docs/adr.
func law() map[string][]string {
	return map[string][]string{
		"front":             {},
		"stats":             {},
		"world":             {},
		"handlers":          {"front"},
		"handlers/publish":  {"akamai"},
		"runtimes":          {},
		"record":            {"front"},
		"gate":              {"stats"},
		"scenarios":         {"front", "gate", "world"},
		"load":              {"record", "scenarios"},
		"load/stall":        {},
		"load/stall/serve":  {"load/stall"},
		"awscall":           {},
		"tables":            {"awscall"},
		"telemetry":         {"awscall", "record", "scenarios", "front"},
		"pricing":           {"front", "record"},
		"pricing/breakeven": {"pricing", "stats"},
		"pricing/estimate":  {"front", "pricing", "pricing/breakeven"},
		"pricing/offers":    {"pricing"},
		"report":            {"front", "gate", "pricing", "pricing/breakeven", "pricing/estimate", "record", "report/words", "stats"},
		"report/chart":      {},
		"report/figures":    {"pricing", "pricing/breakeven", "pricing/estimate", "record", "report", "report/chart", "report/words", "stats"},
		"report/deployed":   {"deploy", "pricing", "report", "report/words"},
		"report/decision":   {"gate", "pricing", "report", "report/words", "stats"},
		"report/focus":      {"pricing", "report"},
		"report/page":       {"front", "pricing", "record", "report", "report/chart", "report/figures", "report/words"},
		"report/reporttest": {"front", "gate", "pricing", "record", "report", "stats"},
		"report/schematest": {},
		"report/words":      {"gate", "pricing", "stats"},
		"akamai":            {},
		"lab/akamai":        {"offload/cdn"},
		"lab/bucket":        {"lab/s3"},
		"report/offload":    {"offload", "pricing", "record", "report", "report/chart", "report/figures", "report/page", "report/words"},
		"lab/offload":       {"akamai", "lab/akamai", "lab/bucket", "lab/function"},
		"offload":           {"offload/cdn", "stats"},
		"offload/cdn":       {},
		"auth":              {"awscall"},
		"bundle":            {"record"},
		"cmd/bootstrap":     {"front", "handlers"},
		"deploy":            {"front", "pricing", "scenarios"},
		"deploy/code":       {"deploy", "front", "handlers"},
		"deploy/apply":      {"awscall", "deploy", "front", "scenarios", "tables"},
		"doctor":            {"awscall", "deploy", "report/words"},
		"guard":             {"pricing", "pricing/spend"},
		"pricing/spend":     {"front", "pricing", "record"},
		"report/planned":    {"guard", "pricing", "report", "report/words"},
		"reconcile":         {"pricing", "pricing/offers", "pricing/spend", "record"},
		"report/reconciled": {"pricing", "reconcile", "report", "report/words"},
		"intake":            {"front", "record", "telemetry"},
		"lab/logs":          {"lab/fault", "lab/sigv4"},
		"lab/fault":         {},
		"lab":               {"front", "handlers", "lab/logs", "lab/cff", "lab/cloudfront", "lab/cloudwatch", "lab/dynamodb", "lab/function", "lab/route53", "lab/sigv4", "world", "lab/s3"},
		"lab/cff":           {},
		"lab/cloudfront":    {"front"},
		"lab/cloudwatch":    {"front", "handlers", "lab/fault", "lab/sigv4"},
		"lab/dynamodb":      {"lab/sigv4"},
		"lab/route53":       {"world"},
		"lab/s3":            {},
		"lab/sigv4":         {},
		"lab/function":      {"front", "handlers"},
		"contract":          {"front", "lab", "record", "report/words", "telemetry"},
		"claims":            {"front", "offload", "pricing", "pricing/breakeven", "record", "report/words", "stats", "world"},
		"cmd/bench":         {"awscall", "tables", "report/deployed", "auth", "bundle", "deploy", "deploy/apply", "deploy/code", "doctor", "guard", "intake", "pricing/spend", "reconcile", "report/planned", "report/reconciled", "lab/cloudfront", "lab/offload", "offload", "report/offload", "claims", "contract", "front", "gate", "stats", "handlers", "handlers/publish", "record", "scenarios", "load", "telemetry", "pricing", "pricing/estimate", "pricing/offers", "report", "report/chart", "report/decision", "report/figures", "report/focus", "report/page", "lab", "runtimes", "lab/dynamodb", "lab/route53", "lab/s3"},

		// Programs of others that tests hold bench to: only tests import it.
		"yardstick": {},

		// What proves stats: nothing of the program imports it.
		"stats/worlds":         {"stats"},
		"stats/worlds/measure": {"stats/worlds"},
	}
}

// owners says which packages may import a third-party module, by import path
// prefix. One owner keeps a dependency replaceable.
func owners() map[string][]string {
	return map[string][]string{
		"github.com/akamai/":                  {"akamai"},
		"github.com/tsenart/vegeta/v12":       {"load", "intake"}, // intake reads its results
		"github.com/HdrHistogram/":            {"load"},
		"golang.org/x/sys":                    {"load"},
		"github.com/aws/aws-sdk-go-v2":        {"awscall", "telemetry", "tables", "handlers", "handlers/publish", "auth", "deploy/apply", "doctor"}, // each for services of its own: CloudWatch and its Logs; DynamoDB and S3, as the systems' handlers call them; credentials and signatures of requests; CloudFormation and what it makes; IAM and quotas
		"github.com/aws/smithy-go":            {"awscall", "telemetry", "tables", "lab/cloudwatch", "auth", "deploy/apply", "doctor"},               // the SDK's protocol library, on either side of the wire
		"github.com/aws/aws-lambda-go/events": {"front", "handlers/publish"},
		"github.com/aws/aws-lambda-go/lambda": {"handlers", "handlers/publish"}, // and lambdacontext
		"github.com/parquet-go/parquet-go":    {"record", "reconcile"},          // reconcile reads columns that AWS named
		"github.com/klauspost/compress/zstd":  {"bundle"},
		"github.com/quic-go/quic-go":          {"load"},
		"github.com/santhosh-tekuri/":         {"report/schematest"}, // which tests alone import
		"go.yaml.in/yaml":                     {"scenarios"},
		"github.com/olekukonko/tablewriter":   {"report"},
		"github.com/spf13/":                   {"cmd/bench"},
		"golang.org/x/term":                   {"cmd/bench"},
		"modernc.org/quickjs":                 {"lab/cff"},
	}
}

func TestImportLaw(t *testing.T) {
	imports := packages(t, ".")
	if len(imports) == 0 {
		t.Fatal("no packages were found")
	}
	for _, problem := range breaches(imports) {
		t.Error(problem)
	}
}

// The law catches what it is there to catch.
func TestImportLawCatchesBreaches(t *testing.T) {
	for name, imports := range map[string]map[string][]string{
		"forbidden edge":     {"stats": {module + "/front"}},
		"edge back up":       {"record": {module + "/load"}},
		"foreign dependency": {"report": {"github.com/tsenart/vegeta/v12/lib"}},
		"unknown dependency": {"report": {"github.com/nobody/nothing"}},
		"unlisted package":   {"util": nil},
	} {
		if len(breaches(imports)) != 1 {
			t.Errorf("%s: %q", name, breaches(imports))
		}
	}
}

// breaches lists what is against the law.
func breaches(imports map[string][]string) []string {
	var problems []string
	for _, pkg := range slices.Sorted(maps.Keys(imports)) {
		allowed, listed := law()[pkg]
		if !listed {
			problems = append(problems, pkg+" is not in the law of imports")
			continue
		}
		for _, imp := range imports[pkg] {
			if own, ok := strings.CutPrefix(imp, module+"/"); ok {
				if !slices.Contains(allowed, own) {
					problems = append(problems, pkg+" must not import "+own)
				}
			} else if strings.Contains(strings.Split(imp, "/")[0], ".") && !owned(pkg, imp) {
				problems = append(problems, pkg+" does not own "+imp)
			}
		}
	}
	return problems
}

func owned(pkg, imp string) bool {
	for prefix, packages := range owners() {
		if strings.HasPrefix(imp, prefix) && slices.Contains(packages, pkg) {
			return true
		}
	}
	return false
}

// packages reads the imports of every package below root, tests left out.
func packages(t *testing.T, root string) map[string][]string {
	imports := map[string][]string{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() != "." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(file))
		imports[pkg] = imports[pkg][:len(imports[pkg]):len(imports[pkg])]
		for _, spec := range parsed.Imports {
			imports[pkg] = append(imports[pkg], strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}
