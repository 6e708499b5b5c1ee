package deploy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"frontdoor/scenarios"
)

// variablesHere is where a function's further variables go: a parameter of a template can
// be no mapping.
const variablesHere = "          # Those of the scenario stand here.\n"

// withVariables writes variables into a template, in place of the mark.
func withVariables(text string, variables map[string]string) string {
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		fmt.Fprintf(&lines, "          %s: %s\n", name, quoted(variables[name]))
	}
	return strings.Replace(text, variablesHere, lines.String(), 1)
}

// quoted is a text in YAML's double quotes: in JSON's, with all beyond ASCII escaped.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString("\\" + string(r))
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, "\\x%02X", r)
		case r > 0xffff:
			fmt.Fprintf(&b, "\\U%08X", r)
		case r > 0x7e:
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// refuseEnvironment tests the names of a function's variables. Some are Lambda's own
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime),
// and those of the SDK's endpoints are the lab's.
func (c Config) refuseEnvironment(path string, f scenarios.Front) error {
	for _, name := range slices.Sorted(maps.Keys(f.Environment)) {
		for _, own := range []string{"AWS_", "BENCH_", "LAMBDA_"} {
			if strings.HasPrefix(name, own) {
				return c.refuse(fmt.Sprintf("%s.environment[%q]", path, name), "names that begin with "+own+" are those of Lambda, its SDK and bench", "another name")
			}
		}
	}
	return nil
}
