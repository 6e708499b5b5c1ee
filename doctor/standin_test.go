package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// account is an AWS account that a stand-in plays: the answers have the shapes of AWS's
// own examples, at the addresses named with each.
type account struct {
	arn         string
	refuses     string            // STS's code instead of an answer
	disabled    []string          // Regions
	skew        time.Duration     // of AWS's clock
	deny        map[string]string // action -> implicitDeny, explicitDeny, organization, boundary
	noSimulator bool
	rolePath    string
	free        int     // concurrent executions; 0 is that it may not be asked
	vpcs        float64 // quota; 0 is that none was ever asked for, and the default is 5
	noQuotas    bool

	asked map[string]bool // actions that were simulated
}

var scope = regexp.MustCompile(`Credential=[^/]+/\d{8}/([a-z0-9-]+)/([a-z]+)/aws4_request`)

// play starts the stand-in and points the SDK at it.
func (a *account) play(t *testing.T) {
	t.Helper()
	if a.arn == "" {
		a.arn = "arn:aws:iam::123456789012:user/ann"
	}
	a.asked = map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		signed := scope.FindStringSubmatch(r.Header.Get("Authorization"))
		if signed == nil {
			t.Errorf("%s %s is not signed", r.Method, r.URL)
			return
		}
		w.Header().Set("Date", time.Now().Add(a.skew).UTC().Format(http.TimeFormat))
		a.answer(w, r, form, string(body), signed[1])
	}))
	t.Cleanup(server.Close)
	none := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_REGION": "", "AWS_CONFIG_FILE": none, "AWS_SHARED_CREDENTIALS_FILE": none, "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "5",
	} {
		t.Setenv(name, value)
	}
}

func (a *account) answer(w http.ResponseWriter, r *http.Request, form url.Values, body, region string) {
	switch {
	case form.Get("Action") == "GetCallerIdentity":
		a.identity(w, region)
	case form.Get("Action") == "GetRole":
		a.role(w, form)
	case form.Get("Action") == "SimulatePrincipalPolicy":
		a.simulate(w, form)
	case strings.HasSuffix(r.URL.Path, "/account-settings"):
		a.settings(w)
	default:
		a.quota(w, r.Header.Get("X-Amz-Target"), body)
	}
}

// queryError is an error of the Query protocol.
func queryError(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`, code)
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
func (a *account) identity(w http.ResponseWriter, region string) {
	switch {
	case a.refuses != "":
		queryError(w, 403, a.refuses)
	case slices.Contains(a.disabled, region):
		queryError(w, 403, "InvalidClientTokenId")
	default:
		fmt.Fprintf(w, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>%s</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`, a.arn)
	}
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
func (a *account) role(w http.ResponseWriter, form url.Values) {
	if a.rolePath == "" {
		queryError(w, 403, "AccessDenied")
		return
	}
	name := form.Get("RoleName")
	fmt.Fprintf(w, `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>%s</Path><Arn>arn:aws:iam::123456789012:role%s%s</Arn><RoleName>%s</RoleName><RoleId>A</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>`, a.rolePath, a.rolePath, name, name)
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
func (a *account) simulate(w http.ResponseWriter, form url.Values) {
	if a.noSimulator {
		queryError(w, 403, "AccessDenied")
		return
	}
	actions, resources := members(form, "ActionNames"), members(form, "ResourceArns")
	var results strings.Builder
	half := (len(actions) + 1) / 2 // in two pages
	first := form.Get("Marker") == ""
	for i, action := range actions {
		a.asked[action+" "+form.Get("PolicySourceArn")] = true
		if (i < half) != first {
			continue
		}
		for _, resource := range resources {
			results.WriteString("<member>" + decision(a.deny[action]) + "<EvalResourceName>" + resource + "</EvalResourceName><EvalActionName>" + action + "</EvalActionName></member>")
		}
	}
	marker := ""
	if first && len(actions) > half {
		marker = "<Marker>more</Marker>"
	}
	fmt.Fprintf(w, `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>%t</IsTruncated>%s<EvaluationResults>%s</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`, marker != "", marker, results.String())
}

func decision(why string) string {
	switch why {
	case "":
		return "<EvalDecision>allowed</EvalDecision>"
	case "organization":
		return "<EvalDecision>implicitDeny</EvalDecision><OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>"
	case "boundary":
		return "<EvalDecision>implicitDeny</EvalDecision><PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>"
	}
	return "<EvalDecision>" + why + "</EvalDecision>"
}

// members is a list of the Query protocol.
func members(form url.Values, name string) []string {
	var list []string
	for i := 1; form.Has(fmt.Sprintf("%s.member.%d", name, i)); i++ {
		list = append(list, form.Get(fmt.Sprintf("%s.member.%d", name, i)))
	}
	return list
}

// https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
func (a *account) settings(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if a.free == 0 {
		w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
		w.WriteHeader(403)
		io.WriteString(w, `{"Message":"no"}`)
		return
	}
	fmt.Fprintf(w, `{"AccountLimit":{"CodeSizeUnzipped":262144000,"CodeSizeZipped":52428800,"ConcurrentExecutions":%d,"TotalCodeSize":80530636800,"UnreservedConcurrentExecutions":%d},"AccountUsage":{"FunctionCount":4,"TotalCodeSize":9426}}`, a.free+5, a.free)
}

// https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
func (a *account) quota(w http.ResponseWriter, target, body string) {
	var asked struct{ ServiceCode, QuotaCode string }
	json.Unmarshal([]byte(body), &asked)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	fail := func(code string) {
		w.WriteHeader(400)
		fmt.Fprintf(w, `{"__type":"%s","Message":"no"}`, code)
	}
	value := map[string]float64{"L-F678F1CE": a.vpcs, "L-A4707A72": 5, "L-53DA6B97": 50, "L-24B04930": 200}[asked.QuotaCode]
	switch {
	case a.noQuotas:
		fail("AccessDeniedException")
	case value == 0 && strings.HasSuffix(target, ".GetServiceQuota"):
		fail("NoSuchResourceException")
	default:
		if value == 0 {
			value = 5
		}
		fmt.Fprintf(w, `{"Quota":{"Adjustable":true,"ServiceCode":"%s","QuotaCode":"%s","QuotaName":"some","Unit":"None","Value":%g}}`, asked.ServiceCode, asked.QuotaCode, value)
	}
}
