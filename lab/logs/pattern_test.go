package logs

import (
	"strings"
	"testing"
)

// The examples of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax-unstructured-text.html
// and of https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetContainerLog.html.
func TestPattern(t *testing.T) {
	const (
		bad, unauthorized = "[ERROR 400] BAD REQUEST", "[ERROR 401] UNAUTHORIZED REQUEST"
		missing, wrong    = "[ERROR 419] MISSING ARGUMENTS", "[ERROR 420] INVALID ARGUMENTS"
		fatal             = "[FATAL] INTERNAL SERVER ERROR"
	)
	all := []string{bad, unauthorized, missing, wrong, fatal}
	for pattern, want := range map[string][]string{
		"":                             all,
		" ":                            all,
		`""`:                           all,
		"ERROR":                        all,
		"error":                        nil,
		"ERROR ARGUMENTS":              {missing, wrong},
		"?BAD ?ARGUMENTS":              {bad, missing, wrong},
		"ERROR -ARGUMENTS":             {bad, unauthorized, fatal},
		`"INTERNAL SERVER ERROR"`:      {fatal},
		`-"BAD REQUEST" REQUEST`:       {unauthorized},
		`"[FATAL] INTERNAL"`:           {fatal},
		`"REQUEST BAD"`:                nil,
		`?"MISSING ARG" ?UNAUTHORIZED`: {unauthorized, missing},
	} {
		p, err := parsePattern(pattern)
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
			continue
		}
		var got []string
		for _, line := range all {
			if p.matches(line + "\n") {
				got = append(got, line)
			}
		}
		if strings.Join(got, ";") != strings.Join(want, ";") {
			t.Errorf("%s matches %q, want %q", pattern, got, want)
		}
	}
}

// What would have to be done otherwise is refused, never matched as something else.
func TestPatternRefuses(t *testing.T) {
	for _, pattern := range []string{`{ $.level = "ERROR" }`, "[ip, user]", "%ERROR%", `"open`, "a.b", "ERROR?", "?a b", "?a -b", "-", `"a"b"`} {
		if p, err := parsePattern(pattern); err == nil {
			t.Errorf("%s is read as %+v", pattern, p)
		}
	}
}

// A phrase in quotes is found in itself, whatever it is.
func FuzzPattern(f *testing.F) {
	for _, seed := range []string{"ERROR", `a "b" \`, "?x", "-", "", "REPORT RequestId"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = parsePattern(text) // and nothing panics
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
		p, err := parsePattern(quoted)
		if err != nil || !p.matches("x"+text+"y") {
			t.Errorf("%s: %+v, %v", quoted, p, err)
		}
	})
}
