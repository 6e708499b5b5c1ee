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
			`t.yaml:21:10: fronts[1].url: "https://d111111abcdef8.cloudfront.net" has a user name or password, which is not shown: want scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"a query in a url", "cloudfront.net", "cloudfront.net/x?token=secret", false,
			`t.yaml:21:10: fronts[1].url: "https://d111111abcdef8.cloudfront.net/x" has a query, which is not shown: want scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"a password with a slash", "https://d111", "https://me:sec/ret@d111", false,
			`t.yaml:21:10: fronts[1].url: an address (not shown: it may be a secret) is not the address of a front: want scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"a password with a number sign", "https://d111", "https://secret#word@d111", false,
			`t.yaml:21:10: fronts[1].url: an address (not shown: it may be a secret) has a fragment, which is not shown: want scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"a password in no url", "https://d111", "ftp://me:secret@d111", true,
			`t.yaml:21:10: fronts[1].url: "ftp://d111111abcdef8.cloudfront.net" is not understood: want an address such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"a password without a scheme", "https://d111", "me:secret@d111", true,
			`t.yaml:21:10: fronts[1].url: an address (not shown: it may be a secret) is not understood: want an address such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"a url elsewhere", "function: base-3f9a-edge", "function: https://me:secret@front.example/x?y=1", true,
			`t.yaml:22:15: fronts[1].function: "https://front.example/x" is not understood: want a function name such as hello, without account, version or the prefix us-east-1.`},
		{"front twice", "id: edge", "id: rest", false,
			`t.yaml:20:9: fronts[1].id: "rest" is the id of fronts[0] too: want each front once`},
		{"no way", auth, "{}", true,
			`t.yaml:19:11: fronts[0].auth: names no way: want api_key, bearer, iam or cognito`},
		{"two writers", auth, "{bearer: {env: T}, iam: {}}", true,
			`t.yaml:19:35: fronts[0].auth.iam: bearer is given too, and each writes the header Authorization: want one of bearer, iam and cognito`},
		{"a secret as a field", auth, "{api_key: {hunter2: 1}}", true,
			`t.yaml:19:22: fronts[0].auth.api_key: unknown field (not shown: it may be a secret): want one of env, command, apigateway`},
		{"a secret", auth, "{api_key: {value: abc}}", true,
			`t.yaml:19:22: fronts[0].auth.api_key: unknown field (not shown: it may be a secret): want one of env, command, apigateway`},
		{"a secret in place of its name", auth, "{api_key: abc}", true,
			`t.yaml:19:21: fronts[0].auth.api_key: is text (not shown: it may be a secret): want a mapping with env, command, apigateway: put it into a variable and name that: {env: FRONT_TOKEN}`},
		{"a password in place of its name", auth, "{cognito: {client_id: a1, username: {env: U}, password: hunter2}}", true,
			`t.yaml:19:67: fronts[0].auth.cognito.password: is text (not shown: it may be a secret): want a mapping with env, command: put it into a variable and name that: {env: FRONT_TOKEN}`},
		{"a secret as a tag", auth, "{api_key: !hunter2 {}}", true,
			`t.yaml:19:21: fronts[0].auth.api_key: has a YAML tag (not shown: it may be a secret): want the value alone, in quotes if it is text`},
		{"a secret as an anchor", auth, "{api_key: &hunter2 {}}", true,
			`t.yaml:19:21: fronts[0].auth.api_key: has an anchor (not shown: it may be a secret): want the value alone: the format has no anchors and aliases`},
		{"two sources", auth, "{bearer: {env: A, command: [b]}}", true,
			`t.yaml:19:20: fronts[0].auth.bearer: says 2 ways to find the secret: want one of env or command`},
		{"no source", auth, "{api_key: {}}", true,
			`t.yaml:19:21: fronts[0].auth.api_key: says 0 ways to find the secret: want one of env, command or apigateway`},
		{"a variable refreshed", auth, "{bearer: {env: A, refresh: 1m}}", false,
			`t.yaml:19:38: fronts[0].auth.bearer.refresh: a variable does not change during a run: want it with command only`},
		{"no variable", auth, "{bearer: {env: A-B}}", true,
			`t.yaml:19:26: fronts[0].auth.bearer.env: is not understood (not shown: it may be a secret): want the name of a variable in capital letters, such as FRONT_API_KEY`},
		{"a command line", auth, "{bearer: {command: ./token now}}", true,
			`t.yaml:19:30: fronts[0].auth.bearer.command: is text (not shown: it may be a secret): want a list of 1 or more words of a command`},
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
