package apply

import (
	"fmt"
	"regexp"
)

// reference is ${STACK.OUTPUT} in the value of a parameter.
var reference = regexp.MustCompile(`\$\{([A-Za-z0-9-]+)\.([A-Za-z0-9]+)\}`)

// resolved replaces each reference in values by what of says it is. The error names the
// parameter and what is not there.
func resolved(values map[string]string, of func(stack, output string) (string, bool)) (map[string]string, error) {
	out := map[string]string{}
	for name, value := range values {
		missing := ""
		out[name] = reference.ReplaceAllStringFunc(value, func(text string) string {
			parts := reference.FindStringSubmatch(text)
			found, ok := of(parts[1], parts[2])
			if !ok {
				missing = text
			}
			return found
		})
		if missing != "" {
			return nil, fmt.Errorf("parameter %s: %s is no output of a stack that stands", name, missing)
		}
	}
	return out, nil
}
