package publish_test

import (
	"cmp"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"frontdoor/handlers/publish"
)

// A function that is set up wrongly says which variable is wrong, and does not start.
func TestFromEnvironment(t *testing.T) {
	whole := map[string]string{
		"PUBLISH_FORM": "repaired", "PUBLISH_HOST": "www.example.com", "PUBLISH_SETTLE": "30s", "S3_Bucket": "reports", "S3_File": "report.csv",
		"NS_HOSTNAME": "example-nsu.akamaihd.net", "NS_KEYNAME": "account", "NS_KEY": "key", "NS_CP": "832468",
		"AO_API_HOST": "akab.luna.akamaiapis.net", "AO_CLIENT_TOKEN": "c", "AO_CLIENT_SECRET": "s", "AO_ACCESS_TOKEN": "a",
	}
	c, err := publish.FromEnvironment(func(name string) string { return whole[name] })
	if err != nil || c.Settle != 30*time.Second || c.Action != "invalidate" || c.TemporaryFiles != "/tmp" || c.CPCode != "832468" {
		t.Errorf("%+v, %v", c, err)
	}
	for change, want := range map[string]string{
		"NS_HOSTNAME=": "NS_HOSTNAME", "NS_KEY=": "NS_KEY", "NS_CP=": "NS_CP", "AO_API_HOST=": "AO_API_HOST", "AO_CLIENT_SECRET=": "AO_CLIENT_SECRET",
		"PUBLISH_FORM=": "want head, published or repaired", "PUBLISH_FORM=fixed": `"fixed"`, "PUBLISH_HOST=": "PUBLISH_HOST",
		"PUBLISH_PURGE=burn": "want invalidate or delete", "PUBLISH_SETTLE=soon": "PUBLISH_SETTLE",
	} {
		name, value, _ := strings.Cut(change, "=")
		env := maps.Clone(whole)
		env[name] = value
		if _, err := publish.FromEnvironment(func(name string) string { return env[name] }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", change, err, want)
		}
	}
	env := maps.Clone(whole)
	env["PUBLISH_FORM"], env["S3_File"] = "head", ""
	if _, err := publish.FromEnvironment(func(name string) string { return env[name] }); err == nil || !strings.Contains(err.Error(), "S3_File") {
		t.Errorf("the original without a file: %v", err)
	}
}

// docs/handlers.md names every form and every variable that is read.
func TestDocumentHasEveryVariable(t *testing.T) {
	text, err := os.ReadFile("../../docs/handlers.md")
	if err != nil {
		t.Fatal(err)
	}
	named := []string{"publish"}
	for _, form := range []publish.Form{publish.Head, publish.Published, publish.Repaired} {
		named = append(named, string(form))
		given := map[string]string{"PUBLISH_FORM": string(form), "PUBLISH_PURGE": "delete", "PUBLISH_SETTLE": "1s"}
		if _, err := publish.FromEnvironment(func(name string) string {
			named = append(named, name)
			return cmp.Or(given[name], "x")
		}); err != nil {
			t.Error(err)
		}
	}
	for _, name := range named {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("docs/handlers.md does not name %s", name)
		}
	}
}
