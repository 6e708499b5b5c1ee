package deploy

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// parameter is one as CloudFormation's API has it:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
type parameter struct{ ParameterKey, ParameterValue string }

// ParametersJSON is the stack's parameters, sorted, as the aws CLI reads them from a file,
// with the template's defaults: a reader sees what is not asked for, too. What another
// stack or the package has to give is ${STACK.OUTPUT} and ${code.Key} still.
func (s Stack) ParametersJSON() ([]byte, error) {
	text, err := s.Body()
	if err != nil {
		return nil, err
	}
	all := defaults(text)
	maps.Copy(all, s.Parameters)
	list := []parameter{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, parameter{name, all[name]})
	}
	return document(list), nil
}

// parameterDefault is a parameter of a template of ours that has a default, a scalar.
var parameterDefault = regexp.MustCompile(`(?m)^  (\w+):\n(?:    .*\n)*?    Default: (.*)\n`)

func defaults(template string) map[string]string {
	all := map[string]string{}
	for _, m := range parameterDefault.FindAllStringSubmatch(sections(template)["Parameters"], -1) {
		all[m[1]] = strings.Trim(m[2], "'")
	}
	return all
}

// Part is what a stack's name says beside the deployment's: "rest" of
// bench-quickstart-3f9a-rest.
func (d *Deployment) Part(s Stack) string {
	return strings.TrimPrefix(s.Name, prefix+d.Name+"-")
}
