package deploy

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	typeOfResource = regexp.MustCompile(`(?m)^    Type: AWS::(\S+)\n(?:    Condition: (\w+)\n)?`)
	equality       = regexp.MustCompile(`(?m)^  (\w+): (?:(!Not) \[)?!Equals \[!Ref (\w+), ('[^']*'|\w+)\]\]?$`)
	defaultValue   = regexp.MustCompile(`(?m)^  (\w+):\n(?:    .*\n)*?    Default: (.*)\n`)
)

// Made is how many resources of each type CloudFormation makes of the stack, by the type
// without its "AWS::". Those on a condition that the stack's parameters do not meet, such
// as the API key of a scenario that wants none, are not made and not counted.
func (s Stack) Made() (map[string]int, error) {
	body, err := s.Body()
	if err != nil {
		return nil, err
	}
	met := s.conditions(body)
	made := map[string]int{}
	for _, m := range typeOfResource.FindAllStringSubmatch(body, -1) {
		kind, condition := m[1], m[2]
		holds, known := met[condition]
		if condition != "" && !known {
			return nil, fmt.Errorf("stack %q: template %q makes a %s on condition %q, which is no comparison of a parameter", s.Name, s.Template, kind, condition)
		}
		if condition == "" || holds {
			made[kind]++
		}
	}
	return made, nil
}

// conditions are those of a template that compare a parameter with a word, as all do that
// our resources are made on, and whether the stack meets them. An output of another stack
// is no word of ours, and never empty.
func (s Stack) conditions(body string) map[string]bool {
	parts := sections(body)
	value := map[string]string{}
	for _, m := range defaultValue.FindAllStringSubmatch(parts["Parameters"], -1) {
		value[m[1]] = strings.Trim(m[2], "'")
	}
	met := map[string]bool{}
	for _, m := range equality.FindAllStringSubmatch(parts["Conditions"], -1) {
		name, not, parameter, word := m[1], m[2] != "", m[3], strings.Trim(m[4], "'")
		given, ok := s.Parameters[parameter]
		if !ok {
			given = value[parameter]
		}
		met[name] = (given == word) != not
	}
	return met
}
