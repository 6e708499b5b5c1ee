package contract

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// reads is how Python and JavaScript read an environment variable by name.
var reads = regexp.MustCompile(`(?:os\.environ(?:\.get\(|\[)|os\.getenv\(|process\.env(?:\.|\[))\s*["']?([A-Za-z_][A-Za-z0-9_]*)`)

// Variables is where source files read environment variables, as "NAME (file:line)".
// It is a search of the text: what is not found may still be read.
func Variables(files []string) []string {
	var found []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // judged by running it
		}
		for i, line := range strings.Split(string(text), "\n") {
			for _, m := range reads.FindAllStringSubmatch(line, -1) {
				if at := fmt.Sprintf("%s (%s:%d)", m[1], filepath.Base(file), i+1); !reserved(m[1]) && !slices.Contains(found, at) {
					found = append(found, at)
				}
			}
		}
	}
	return found
}

// reserved reports whether Lambda itself sets the variable, which it does at the
// edge too: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
func reserved(name string) bool {
	return strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "LAMBDA_") || slices.Contains([]string{"_HANDLER", "TZ", "LANG", "PATH"}, name)
}

// Sources is the source files that a command's words name: files, and a module of
// Python or Node.js as in "lambda_function.lambda_handler".
func Sources(dir string, command []string) []string {
	var files []string
	for _, word := range command {
		module, _, _ := strings.Cut(filepath.Base(word), ".")
		for _, name := range []string{word, filepath.Join(filepath.Dir(word), module+".py"), filepath.Join(filepath.Dir(word), module+".js"), filepath.Join(filepath.Dir(word), module+".mjs")} {
			path := name
			if !filepath.IsAbs(path) {
				path = filepath.Join(dir, name)
			}
			known := slices.Contains([]string{".py", ".js", ".mjs", ".cjs"}, filepath.Ext(path))
			if info, err := os.Stat(path); known && err == nil && !info.IsDir() && !slices.Contains(files, path) {
				files = append(files, path)
			}
		}
	}
	return files
}

// Reading adds what variables an edge function of these sources would miss.
func (r *Result) Reading(variables []string) {
	if len(variables) == 0 {
		return
	}
	for _, k := range r.Fronts {
		if !k.Edge() {
			continue
		}
		r.Findings = append(r.Findings, Finding{
			Level: Note, Front: k, What: "the source reads environment variables: " + strings.Join(variables, ", "),
			Why: "CloudFront does not take a function that has any: they are not set at the edge", Do: "put the settings into the code, or into a file beside it", Source: edgeRules,
		})
	}
	r.sort()
}
