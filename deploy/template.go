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

//go:embed templates/*.yaml
var templates embed.FS

// functionPart is what the templates of Regional fronts share.
const functionPart = "function.yaml"

// Templates lists the files of whole templates, sorted.
func Templates() []string {
	files, _ := fs.Glob(templates, "templates/*.yaml") // fails on a bad pattern only
	var names []string
	for _, f := range files {
		if path.Base(f) != functionPart {
			names = append(names, path.Base(f))
		}
	}
	return names
}

// regional lists the templates that have the shared part put in.
func regional() []string {
	return []string{"alb.yaml", "http.yaml", "rest-nonproxy.yaml", "rest.yaml", "url.yaml"}
}

// Text is a whole template as CloudFormation takes it, but for the name of an API's
// deployment, which Stack.Body decides.
func Text(name string) (string, error) {
	text, err := templates.ReadFile("templates/" + name)
	if err != nil || name == functionPart {
		return "", fmt.Errorf("no template %q: want one of %s", name, strings.Join(Templates(), ", "))
	}
	if !slices.Contains(regional(), name) {
		return string(text), nil
	}
	part, err := templates.ReadFile("templates/" + functionPart)
	if err != nil {
		return "", err
	}
	return with(string(text), string(part)), nil
}

var sectionHead = regexp.MustCompile(`(?m)^(Parameters|Conditions|Resources|Outputs):\n`)

// with puts each section of part at the top of the same section of a template, which
// may lack Conditions.
func with(template, part string) string {
	own := sections(template)
	shared := sections(part)
	var b strings.Builder
	b.WriteString(own[""])
	for _, name := range []string{"Parameters", "Conditions", "Resources", "Outputs"} {
		fmt.Fprintf(&b, "%s:\n%s%s", name, shared[name], own[name])
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
	text, err := Text(s.Template)
	if err != nil {
		return "", fmt.Errorf("stack %q: %w", s.Name, err)
	}
	hash := sha256.New()
	fmt.Fprintln(hash, text)
	for _, name := range slices.Sorted(maps.Keys(s.Parameters)) {
		if name != "CodeKey" && name != "CodeBucket" { // the API calls whatever code there is
			fmt.Fprintf(hash, "%s=%s\n", name, s.Parameters[name])
		}
	}
	return strings.ReplaceAll(text, unnamed, "Deployment"+hex.EncodeToString(hash.Sum(nil))[:10]), nil
}
