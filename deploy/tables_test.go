package deploy

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/handlers"
)

var credentialScope = regexp.MustCompile(`Credential=[^/]+/\d{8}/([a-z0-9-]+)/dynamodb/`)

// What each handler asks of DynamoDB, by asking it: the grants are these and no others.
func TestTableUse(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var call struct{ TableName string }
		json.Unmarshal(body, &call)
		_, action, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		region := credentialScope.FindStringSubmatch(r.Header.Get("Authorization"))
		asked = append(asked, fmt.Sprintf("%s %s dynamodb:%s", call.TableName, region[1], action))
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.Header().Set("X-Amz-Crc32", "2745614147") // of the body
		io.WriteString(w, "{}")
	}))
	defer server.Close()
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_DYNAMODB": server.URL, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody", "AWS_SESSION_TOKEN": "",
		"FETCH_BASE": "http://127.0.0.1:1", "TABLE_REGION": "", "ALLOWED_ORIGINS": "",
	} {
		t.Setenv(name, value)
	}
	for _, name := range handlers.Names() {
		handler, _ := handlers.Lookup(name)
		asked = nil
		for _, method := range []string{"GET", "POST"} {
			query := map[string][]string{"job_id": {"a"}, "input_file": {"a"}, "id": {"a"}}
			handler(context.Background(), front.Request{Method: method, Path: "/card/a", RawQuery: "job_id=a&input_file=a&id=a", Params: query})
		}
		slices.Sort(asked)
		want := []string{}
		if u, ok := tableUse(name, nil); ok {
			want = []string{u.table + " " + u.region + " " + u.actions}
		}
		if got := slices.Compact(asked); !slices.Equal(got, want) {
			t.Errorf("%s asks for %q, and is granted %q", name, got, want)
		}
	}
}
