package tables_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/awscall"
	"frontdoor/lab/dynamodb"
	"frontdoor/tables"
	"frontdoor/yardstick"
)

var jobs = tables.Table{Name: "Jobs", Region: "ap-northeast-1", Key: "JobId"}

// at points the SDK at an endpoint, with credentials of nobody.
func at(t *testing.T, endpoint string) {
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody", "AWS_SESSION_TOKEN": "",
		"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_MAX_ATTEMPTS": "", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
}

// lines is one item with every type of attribute, and a second version above 1 KB.
func lines() []tables.Line {
	return []tables.Line{{Table: jobs, Key: "job-1", Versions: []tables.Version{
		{Seed: true, Units: 1, Item: map[string]any{"JobStatus": "SUBMITTED", "ProgressRate": json.Number("0"), "Done": false, "Error": nil,
			"Tags": []any{"a", json.Number("12345678901234567890123456789012345678")}, "Size": map[string]any{"Width": json.Number("1.5")}}},
		{Number: 1, Units: 2, Item: map[string]any{"JobStatus": "COMPLETE", "Log": strings.Repeat("x", 1500)}},
	}}}
}

// The lab's DynamoDB counts the units by AWS's rules, and has a table in its Region alone.
func TestWriteIntoTheLab(t *testing.T) {
	hash := dynamodb.Attribute{Name: "JobId", Kind: dynamodb.Text}
	database, err := dynamodb.New(dynamodb.Config{Tables: []dynamodb.Table{{Name: "Jobs", Regions: []string{"ap-northeast-1"}, Key: dynamodb.Key{Hash: hash}}}})
	if err != nil {
		t.Fatal(err)
	}
	metered := map[string]float64{}
	asked := make(chan bool, 10)
	answer := database.Handler(func(name, region string, units float64) { metered[name+" "+region] += units })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		answer.ServeHTTP(w, r)
	}))
	defer server.Close()
	at(t, server.URL)
	var learned atomic.Int64
	w := tables.NewWriter(func(secrets ...string) { learned.Add(1) })
	if endpoint, err := w.Endpoint(t.Context(), "ap-northeast-1"); err != nil || endpoint != server.URL {
		t.Errorf("endpoint %q, %v", endpoint, err)
	}
	if err := w.Try(t.Context(), jobs); err != nil {
		t.Errorf("a table that may be written is refused: %v", err)
	}
	var missing *tables.NoTable
	if err := w.Try(t.Context(), tables.Table{Name: "Jobs", Region: "us-east-1", Key: "JobId"}); !errors.As(err, &missing) || missing.Table.Region != "us-east-1" {
		t.Errorf("a table of another Region: %v", err)
	}
	seeded, err := w.Seed(t.Context(), lines())
	if err != nil || len(seeded) != 1 || seeded[0].Units != 1 || seeded[0].Attempts != 1 {
		t.Fatalf("seeded %+v, %v", seeded, err)
	}
	for range 3 { // two tries and the seed
		<-asked
	}
	end := w.Play(t.Context(), time.Now(), lines()) // due at once
	<-asked
	if made := end(); len(made) != 1 || made[0].Err != nil || made[0].Units != 2 || made[0].Version != 1 {
		t.Errorf("played %+v", made)
	}
	if got := metered["dynamodb.write_units ap-northeast-1"]; got != tables.TryUnits+1+2 || learned.Load() == 0 {
		t.Errorf("%v units were metered; credentials were told %d times", got, learned.Load())
	}
}

// moto's DynamoDB, which is another program, has the item as AWS's protocol writes it.
func TestWriteIntoMoto(t *testing.T) {
	endpoint := yardstick.Moto(t)
	at(t, endpoint)
	w := tables.NewWriter(nil)
	var missing *tables.NoTable
	if err := w.Try(t.Context(), jobs); !errors.As(err, &missing) {
		t.Errorf("no table: %v", err)
	}
	ask(t, endpoint, "CreateTable", `{"TableName":"Jobs","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"JobId","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"JobId","AttributeType":"S"}]}`)
	if err := w.Try(t.Context(), jobs); err != nil {
		t.Errorf("a table that may be written is refused: %v", err)
	}
	if got := ask(t, endpoint, "Scan", `{"TableName":"Jobs"}`); got["Count"] != 0.0 {
		t.Errorf("trying wrote something: %v", got)
	}
	if _, err := w.Seed(t.Context(), lines()); err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(ask(t, endpoint, "GetItem", `{"TableName":"Jobs","Key":{"JobId":{"S":"job-1"}}}`)["Item"])
	const want = `{"Done":{"BOOL":false},"Error":{"NULL":true},"JobId":{"S":"job-1"},"JobStatus":{"S":"SUBMITTED"},"ProgressRate":{"N":"0"},"Size":{"M":{"Width":{"N":"1.5"}}},"Tags":{"L":[{"S":"a"},{"N":"12345678901234567890123456789012345678"}]}}`
	if string(got) != want {
		t.Errorf("moto has\n%s\nwant\n%s", got, want)
	}
}

// ask calls an operation by the protocol alone
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html).
func ask(t *testing.T, endpoint, operation, body string) (answer map[string]any) {
	t.Helper()
	r, _ := http.NewRequestWithContext(t.Context(), "POST", endpoint, strings.NewReader(body))
	r.Header.Set("X-Amz-Target", "DynamoDB_20120810."+operation)
	r.Header.Set("Content-Type", "application/x-amz-json-1.0")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDSTANDIN/20261129/ap-northeast-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, _ := io.ReadAll(got.Body)
	if json.Unmarshal(text, &answer) != nil || got.StatusCode != 200 {
		t.Fatalf("%s: %d %s", operation, got.StatusCode, text)
	}
	return answer
}

// What AWS refuses is said in the words of every command: whose it is to mend, and which
// action it was. The errors are those of
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		status   int
		body     string
		kind     awscall.Kind
		says     string
		attempts int64
	}{
		"no permission": {400, `{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: arn:aws:iam::123456789012:user/u is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:ap-northeast-1:123456789012:table/Jobs"}`,
			awscall.Caller, "dynamodb:PutItem", 1},
		"expired":   {400, `{"__type":"com.amazonaws.dynamodb.v20120810#ExpiredTokenException","message":"The security token included in the request is expired"}`, awscall.Caller, "the credentials are expired", 1},
		"throttled": {400, `{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"The level of configured provisioned throughput for the table was exceeded."}`, awscall.Passing, "after 2 attempts", 2},
		"failing":   {500, `{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Internal Server Error"}`, awscall.Passing, "AWS failed, with status 500", 2},
	} {
		var calls atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			calls.Add(1)
			rw.Header().Set("Content-Type", "application/x-amz-json-1.0")
			rw.WriteHeader(c.status)
			io.WriteString(rw, c.body)
		}))
		at(t, server.URL)
		t.Setenv("AWS_MAX_ATTEMPTS", "2")
		w := tables.NewWriter(nil)
		_, seeding := w.Seed(t.Context(), lines())
		for what, err := range map[string]error{"try": w.Try(t.Context(), jobs), "seed": seeding} {
			if err == nil || awscall.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), `write into table "Jobs" in ap-northeast-1: DynamoDB: PutItem: `) {
				t.Errorf("%s: %s: %v", name, what, err)
			}
		}
		if calls.Load() != 2*c.attempts {
			t.Errorf("%s: %d calls, want %d", name, calls.Load(), 2*c.attempts)
		}
		server.Close()
	}
}
