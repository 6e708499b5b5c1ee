package scenarios

import (
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// targetsLaw is what holds for every text: an error is an *Error with a line of the
// file, on one line; what is accepted is written so that it reads as the same again,
// and the schema accepts it too.
func targetsLaw(t *testing.T, schema *jsonschema.Schema, data []byte) {
	t.Helper()
	targets, err := ParseTargets("f.yaml", data)
	if err != nil {
		if e, ok := err.(*Error); !ok || e.Line < 1 || e.Problem == "" || strings.ContainsAny(e.Error(), "\r\n") {
			t.Fatalf("error is a %T: %v", err, err)
		}
		return
	}
	if err := schema.Validate(instance(t, data)); err != nil {
		t.Errorf("the schema refuses what ParseTargets accepts: %v", err)
	}
	written := FormatTargets(*targets)
	again, err := ParseTargets("again.yaml", written)
	if err != nil {
		t.Fatalf("%v, of\n%s", err, written)
	}
	again.decoder, targets.decoder = nil, nil
	if !reflect.DeepEqual(again, targets) {
		t.Errorf("written as\n%s\nand read as %+v, want %+v", written, again, targets)
	}
}

func FuzzParseTargets(f *testing.F) {
	f.Add([]byte(placed))
	for _, m := range targetsMistakes() {
		f.Add([]byte(targetsText(f, m)))
	}
	schema := compile(f, TargetsSchema)
	f.Fuzz(func(t *testing.T, data []byte) { targetsLaw(t, schema, data) })
}

// FuzzTargetsValue puts any text in the place of a value.
func FuzzTargetsValue(f *testing.F) {
	spots := []mistake{
		{old: `"123456789012"`, new: "@"},
		{old: "base-3f9a-rest, region", new: "@, region"},
		{old: "2026-11-29T07:00:00Z", new: "@"},
		{old: "api_name: base-3f9a", new: "api_name: @"},
		{old: "{service: execute-api}", new: "@"},
		{old: "{service: execute-api}", new: "{profile: @}"},
		{old: "{apigateway: a1b2c3d4e5}", new: "@"},
		{old: "{apigateway: a1b2c3d4e5}", new: "{command: [a, @]}"},
		{old: "iam: {service: execute-api}", new: "bearer: {command: [a], refresh: @}"},
	}
	for i, m := range spots {
		targetsText(f, m)
		for _, value := range []string{"12", "007", "1_000", "0x1F", "1e3", "~", "true", "yes", "2025-06-01", "a", `""`, `"\0"`, `"a\nb"`, "\"\u2028\"", `"#"`, "'- a'", "1m30s", "999999999h", "{env: A}", "{}", "[a]", "'<<'"} {
			f.Add(uint8(i), value)
		}
	}
	schema := compile(f, TargetsSchema)
	f.Fuzz(func(t *testing.T, spot uint8, value string) {
		m := spots[int(spot)%len(spots)]
		targetsLaw(t, schema, []byte(targetsText(t, mistake{old: m.old, new: strings.Replace(m.new, "@", value, 1)})))
	})
}
