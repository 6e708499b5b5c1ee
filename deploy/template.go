package deploy

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed templates/*.yaml templates/parts/*.yaml
var templates embed.FS

// Templates lists the files of the templates, sorted.
func Templates() []string {
	files, _ := fs.Glob(templates, "templates/*.yaml") // fails on a bad pattern only
	var names []string
	for _, f := range files {
		names = append(names, path.Base(f))
	}
	return names
}

// parts are what a template shares with others: the function of a front in a Region, and
// a REST API around its methods.
func parts(name string) []string {
	switch name {
	case "alb.yaml", "http.yaml", "url.yaml":
		return []string{"function.yaml"}
	case "rest-nonproxy.yaml", "rest-passthrough.yaml", "rest.yaml":
		return []string{"function.yaml", "rest.yaml"}
	}
	return nil
}

// Text is a whole template as CloudFormation takes it, but for what Stack.Body writes:
// the name of an API's deployment, variables of functions, and a Mapping. further names
// parts that not every stack of the template has.
func Text(name string, further ...string) (string, error) {
	text, err := templates.ReadFile("templates/" + name)
	if err != nil {
		return "", fmt.Errorf("no template %q: want one of %s", name, strings.Join(Templates(), ", "))
	}
	var shared []string
	for _, part := range append(parts(name), further...) {
		text, err := templates.ReadFile("templates/parts/" + part)
		if err != nil {
			return "", err
		}
		shared = append(shared, string(text))
	}
	return with(string(text), shared), nil
}

var sectionHead = regexp.MustCompile(`(?m)^(Parameters|Conditions|Resources|Outputs):\n`)

// with puts the sections of parts at the top of the same sections of a template.
func with(template string, parts []string) string {
	if len(parts) == 0 {
		return template
	}
	own := sections(template)
	var b strings.Builder
	b.WriteString(own[""])
	for _, name := range []string{"Parameters", "Conditions", "Resources", "Outputs"} {
		b.WriteString(name + ":\n")
		for _, part := range parts {
			b.WriteString(sections(part)[name])
		}
		b.WriteString(own[name])
	}
	return b.String()
}

// sections cuts a template at its top-level keys; "" is what stands before the first.
func sections(text string) map[string]string {
	parts := map[string]string{}
	name, start := "", 0
	for _, m := range sectionHead.FindAllStringSubmatchIndex(text, -1) {
		parts[name] = text[start:m[0]]
		name, start = text[m[2]:m[3]], m[1]
	}
	parts[name] = text[start:]
	return parts
}

// unnamed stands for the hash in the name of an API's deployment.
const unnamed = "Deployment0000000000"

// Body is the stack's template. An API Gateway REST API is deployed anew when its
// template or a parameter of it changes, which CloudFormation does for a resource
// with another name alone:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
func (s Stack) Body() (string, error) {
	text, err := Text(s.Template, s.Mapping.parts(s.Template)...)
	if err != nil {
		return "", fmt.Errorf("stack %q: %w", s.Name, err)
	}
	text = s.Mapping.write(text)
	hash := sha256.New()
	fmt.Fprintln(hash, text)
	for _, name := range slices.Sorted(maps.Keys(s.Parameters)) {
		if name != "CodeKey" && name != "CodeBucket" { // the API calls whatever code there is
			fmt.Fprintf(hash, "%s=%s\n", name, s.Parameters[name])
		}
	}
	text = strings.ReplaceAll(text, unnamed, "Deployment"+hex.EncodeToString(hash.Sum(nil))[:10])
	return withErrors(withScripts(withVariables(text, s.Variables), s.Scripts), s.Errors), nil
}
