package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"frontdoor/record"
	"frontdoor/yardstick"
)

// articleScenario is what somebody writes beside the article's file.
const articleScenario = `version: 1
name: article
command: [bench, runtime, python, lambda_function.lambda_handler]
fronts:
  - {id: edge, kind: edge-viewer-request, timeout: 5s}
tables:
  - name: MediaConvertJobIdToStatus
    region: ap-northeast-1
    key: JobId
    items:
      - {JobId: c123456789012-smb6o7, JobStatus: PROGRESSING, ProgressRate: 42}
requests:
  - method: GET
    path: /api/media/status
    query: {job_id: c123456789012-smb6o7}
    headers: {Origin: "https://app.nightonly.com"}
    expect:
      body:
        equals: '{"success": true, "job_status": "PROGRESSING", "progress_rate": 42}'
  - method: OPTIONS
    path: /api/media/status
    expect: {body: {equals: ""}}
  - method: GET
    path: /api/media/status
    query: {job_id: none}
    expect: {status: 422, body: {equals: '{"success": false, "message": "Not found item."}'}}
load: {rate: 20/s, duration: 500ms, warmup: 200ms, connections: 2}
rounds: 1
`

// A user saves the article's handler as a file, names it in command: and measures it:
// every answer is the expected one. boto3 finds the lab's DynamoDB by itself.
func TestArticle(t *testing.T) {
	yardstick.Boto3(t)
	dir := t.TempDir()
	handler, err := os.ReadFile("../../handlers/proof/testdata/article/status/lambda_function.py")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"lambda_function.py": string(handler), "article.yaml": articleScenario} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "run", "article.yaml", "--count-invalid")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asBench+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	runs, err := filepath.Glob(filepath.Join(dir, "runs", "*-article"))
	if err != nil || len(runs) != 1 {
		t.Fatalf("%q, %v", runs, err)
	}
	rec, err := record.Open(runs[0])
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for _, m := range rec.Measured {
		for _, h := range m.Hits {
			if h.Error != "" {
				t.Errorf("%+v", h)
			}
			hits++
		}
	}
	if hits == 0 {
		t.Error("no request was measured")
	}
}
