package handlers

import (
	"encoding/json"
	"os/exec"
	"testing"
)

// What is rebuilt of Python is what Python does, where it is installed: one program
// answers for all cases.
func askPython(t *testing.T, program string, in, out any) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip(err)
	}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := exec.Command(python, "-c", program, string(text)).Output()
	if err == nil {
		err = json.Unmarshal(answer, out)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
}

func TestParseQSIsPythons(t *testing.T) {
	queries := []string{
		"", "&", "=", "a", "a=", "=b", "a=b", "a=b&a=c", "a=b&&c=d", "a=b;c=d", "a==b", "a=b=c", "a+b=c+d", "%61=%62", "a=%", "a=%4", "a=%zz", "a=%4z",
		"a=%E6%98%A0", "a=%ff", "a=%E6%98", "a=%E6x", "a=%25+%2B", "映=画", "a=\u00e9", "a=%00", "x=1&input_file=", "input_file=Big+Buck+Bunny.mp4",
	}
	var want []map[string][]string
	askPython(t, "import json, sys, urllib.parse as u; print(json.dumps([u.parse_qs(q) for q in json.loads(sys.argv[1])]))", queries, &want)
	for i, q := range queries {
		got, err := json.Marshal(parseQS(q))
		wanted, _ := json.Marshal(want[i])
		if err != nil || string(got) != string(wanted) {
			t.Errorf("parse_qs(%q) = %s, %v; Python has %s", q, got, err, wanted)
		}
	}
}

func TestDumpsIsPythons(t *testing.T) {
	texts := []string{"", "plain", "\"\\/", "\b\f\n\r\t\x00\x1f\x7f", "é映\u2028\ufffd", "😀\U0010ffff", "<&>"}
	var want []string
	askPython(t, "import json, sys; print(json.dumps([json.dumps({'k': [t, True, None, 1, {}, []]}) for t in json.loads(sys.argv[1])]))", texts, &want)
	for i, text := range texts {
		got, err := dumps([]member{{"k", []any{text, true, nil, 1, []member{}, []any{}}}})
		if err != nil || string(got) != want[i] {
			t.Errorf("json.dumps of %q = %s, %v; Python has %s", text, got, err, want[i])
		}
	}
}
