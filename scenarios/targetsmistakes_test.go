package scenarios

import (
	"strings"
	"testing"
)

func targetsText(t testing.TB, m mistake) string {
	t.Helper()
	if !strings.Contains(placed, m.old) {
		t.Fatalf("the file has no %q", m.old)
	}
	return strings.Replace(placed, m.old, m.new, 1)
}

func targetsMistakes() []mistake {
	const auth = "{api_key: {apigateway: a1b2c3d4e5}, iam: {service: execute-api}}"
	return []mistake{
		{"no version", "version: 1\n", "", true,
			`t.yaml:2:1: does not begin with its version: want version: 1 as the first field`},
		{"another version", "version: 1", "version: 2", true,
			`t.yaml:2:10: version: 2 is a version that this program does not read: want 1`},
		{"unknown field", "scenario: base", "scenario: base\nregion: eu-west-1", true,
			`t.yaml:4:1: unknown field "region": want one of version, scenario, deployment, fronts`},
		{"no scenario", "scenario: base\n", "", true,
			`t.yaml:2:1: field "scenario" is missing: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"account as a number", `"123456789012"`, "123456789012", true,
			`t.yaml:6:12: deployment.account: 123456789012 is a number: want the twelve digits of an AWS account, in quotes, in quotes if it is meant as text`},
		{"local time", "07:00:00Z", "07:00:00+01:00", true,
			`t.yaml:7:9: deployment.made: 2026-11-29T07:00:00+01:00 is not a time: want a time in UTC such as 2026-11-29T07:00:00Z`},
		{"no stacks", "  stacks:\n    - {name: bench-base-3f9a-rest, region: eu-west-1}\n    - {name: bench-base-3f9a-edge, region: us-east-1}\n", "  stacks: []\n", true,
			`t.yaml:9:11: deployment.stacks: has 0 elements: want a list of 1 or more mappings with name, region`},
		{"no url", "    url: https://d111111abcdef8.cloudfront.net\n", "", true,
			`t.yaml:20:5: fronts[1]: field "url" is missing: want an address such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"password in a url", "https://d111", "https://me:secret@d111", false,
			`t.yaml:21:10: fronts[1].url: "https://me:secret@d111111abcdef8.cloudfront.net" is not the address of a front: want scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"front twice", "id: edge", "id: rest", false,
			`t.yaml:20:9: fronts[1].id: "rest" is the id of fronts[0] too: want each front once`},
		{"no way", auth, "{}", true,
			`t.yaml:19:11: fronts[0].auth: names no way: want api_key, bearer, iam or cognito`},
		{"two writers", auth, "{bearer: {env: T}, iam: {}}", true,
			`t.yaml:19:35: fronts[0].auth.iam: bearer is given too, and each writes the header Authorization: want one of bearer, iam and cognito`},
		{"a secret as a field", auth, "{api_key: {hunter2: 1}}", true,
			`t.yaml:19:22: fronts[0].auth.api_key: unknown field this: want one of env, command, apigateway`},
		{"a secret", auth, "{api_key: {value: abc}}", true,
			`t.yaml:19:22: fronts[0].auth.api_key: unknown field this: want one of env, command, apigateway`},
		{"a secret in place of its name", auth, "{api_key: abc}", true,
			`t.yaml:19:21: fronts[0].auth.api_key: this is text: want a mapping with env, command, apigateway`},
		{"two sources", auth, "{bearer: {env: A, command: [b]}}", true,
			`t.yaml:19:20: fronts[0].auth.bearer: says 2 ways to find the secret: want one of env or command`},
		{"no source", auth, "{api_key: {}}", true,
			`t.yaml:19:21: fronts[0].auth.api_key: says 0 ways to find the secret: want one of env, command or apigateway`},
		{"a variable refreshed", auth, "{bearer: {env: A, refresh: 1m}}", false,
			`t.yaml:19:38: fronts[0].auth.bearer.refresh: a variable does not change during a run: want it with command only`},
		{"no variable", auth, "{bearer: {env: A-B}}", true,
			`t.yaml:19:26: fronts[0].auth.bearer.env: this is not understood: want the name of a variable in capital letters, such as FRONT_API_KEY`},
		{"a command line", auth, "{bearer: {command: ./token now}}", true,
			`t.yaml:19:30: fronts[0].auth.bearer.command: this is text: want a list of 1 or more words of a command`},
		{"no password", auth, "{cognito: {client_id: a1, username: {env: U}}}", true,
			`t.yaml:19:21: fronts[0].auth.cognito: field "password" is missing: want a mapping with env, command`},
		{"two passwords", auth, "{cognito: {client_id: a1, username: {env: U}, password: {env: P, command: [p]}}}", true,
			`t.yaml:19:67: fronts[0].auth.cognito.password: says 2 ways to find the secret: want one of env or command`},
	}
}

func TestTargetsMistakes(t *testing.T) {
	schema := compile(t, TargetsSchema)
	if err := schema.Validate(instance(t, []byte(placed))); err != nil {
		t.Fatalf("the right file: %v", err)
	}
	for _, m := range targetsMistakes() {
		text := []byte(targetsText(t, m))
		if _, err := ParseTargets("t.yaml", text); err == nil || err.Error() != m.want {
			t.Errorf("%s:\n got %v\nwant %s", m.name, err, m.want)
		}
		if err := schema.Validate(instance(t, text)); m.structural == (err == nil) {
			t.Errorf("%s: the schema says %v", m.name, err)
		}
	}
}
