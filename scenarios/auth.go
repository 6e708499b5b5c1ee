package scenarios

import (
	"fmt"

	"frontdoor/front"
)

// Auth says how requests to a deployed front prove who they are. It names secrets and
// never holds one: files with it are recorded. An API key goes beside any of the
// others, which all write the header Authorization.
type Auth struct {
	APIKey  *APIKey
	Bearer  *Bearer
	IAM     *IAM
	Cognito *Cognito
}

// Secret says where a secret is found when a run begins: exactly one is set.
type Secret struct {
	Env     string   // a variable of bench's environment
	Command []string // run without a shell; what it prints is the secret
}

// APIKey is a key of API Gateway, sent in the header x-api-key. Exactly one of Env,
// Command and APIGateway is set.
type APIKey struct {
	Secret
	APIGateway string // the id of a key, whose value API Gateway tells at run time
}

// Bearer is a token that goes into the header Authorization behind "Bearer ".
type Bearer struct {
	Secret
	Refresh Duration // how long a token is used whose own text does not tell; 0: for the whole run
}

// IAM signs requests by Signature Version 4.
type IAM struct {
	Service string // "" until a front says what its kind wants
	Region  string // "" is the front's
	Profile string // of the shared configuration; "" is the SDK's default chain
}

// Cognito signs in at a user pool by USER_PASSWORD_AUTH and sends one of its tokens.
type Cognito struct {
	ClientID string
	Region   string // "" is the front's
	Username Secret
	Password Secret
	Token    string // TokenID or TokenAccess
}

// The tokens of a user pool.
const (
	TokenID     = "id"
	TokenAccess = "access"
)

func (a *Auth) fields() []field {
	return []field{
		{name: "api_key", into: &a.APIKey,
			doc:      "An API key of API Gateway, sent in the header x-api-key. It may stand beside one of the others.",
			examples: []string{`{"env": "FRONT_API_KEY"}`, `{"apigateway": "a1b2c3d4e5"}`}},
		{name: "bearer", into: &a.Bearer,
			doc:      "A token of any issuer, sent as Authorization: Bearer TOKEN.",
			examples: []string{`{"env": "FRONT_TOKEN"}`, `{"command": ["./token", "--audience", "api"], "refresh": "10m"}`}},
		{name: "iam", into: &a.IAM,
			doc:      "Signature Version 4 with the AWS credentials that the SDK finds, those of the environment and shared configuration among them. {} takes every default.",
			examples: []string{`{}`, `{"service": "execute-api", "profile": "caller"}`}},
		{name: "cognito", into: &a.Cognito,
			doc:      "A user of a Cognito user pool, signed in by USER_PASSWORD_AUTH; the token is sent as Authorization: Bearer TOKEN.",
			examples: []string{`{"client_id": "1example23456789", "username": {"env": "POOL_USER"}, "password": {"env": "POOL_PASSWORD"}}`}},
	}
}

func (a *Auth) constrain(s *schema) {
	s.MinProperties = 1
	s.Not = &schema{AnyOf: []*schema{{Required: []string{"bearer", "iam"}}, {Required: []string{"bearer", "cognito"}}, {Required: []string{"iam", "cognito"}}}}
}

func (s *Secret) fields() []field {
	return []field{
		{name: "env", into: &s.Env, pattern: `^[A-Z_][A-Z0-9_]*$`, want: "the name of a variable in capital letters, such as FRONT_API_KEY",
			doc: "The name of an environment variable that holds it when the run begins."},
		{name: "command", into: &s.Command, least: 1, pattern: `\S`, want: "words of a command",
			doc: "A program that prints it, as a list of words, run without a shell; space around what it prints is cut off."},
	}
}

func (s *Secret) constrain(c *schema) { exactlyOne(c, s.fields()) }

func (k *APIKey) fields() []field {
	return append(k.Secret.fields(), field{name: "apigateway", into: &k.APIGateway, pattern: `^[a-z0-9]+$`, want: "the id of an API key such as a1b2c3d4e5",
		doc: "The id of a key of API Gateway in the front's Region, whose value is fetched when the run begins: apigateway:GET on it is needed."})
}

func (k *APIKey) constrain(c *schema) { exactlyOne(c, k.fields()) }

func (b *Bearer) fields() []field {
	return append(b.Secret.fields(), field{name: "refresh", into: &b.Refresh, min: "1s",
		doc: "How long a token of command is used before the command runs again. A JWT with exp tells itself, and needs none. Left out, a token that tells nothing is used for the whole run."})
}

func (b *Bearer) constrain(c *schema) { exactlyOne(c, b.Secret.fields()) }

func (i *IAM) fields() []field {
	return []field{
		{name: "service", into: &i.Service, pattern: `^[a-z0-9-]+$`, want: "the signing name of a service, such as execute-api or lambda",
			derived: "execute-api for API Gateway, lambda for a function URL; the other kinds must say",
			doc:     "The service that the signature is for."},
		{name: "region", into: &i.Region, pattern: regionPattern, want: regionWant, derived: "the front's",
			doc: "The Region that the signature is for."},
		{name: "profile", into: &i.Profile, pattern: `^[^\s\]\[]+$`, want: "a profile's name", derived: "the SDK's default chain",
			doc: "The profile of the shared configuration whose credentials sign."},
	}
}

// fields: which token an authorizer wants says
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
func (g *Cognito) fields() []field {
	return []field{
		{name: "client_id", into: &g.ClientID, required: true, pattern: `^[0-9A-Za-z_+]{1,128}$`, want: "the id of an app client",
			doc: "The app client, which has no client secret and allows ALLOW_USER_PASSWORD_AUTH."},
		{name: "region", into: &g.Region, pattern: regionPattern, want: regionWant, derived: "the front's",
			doc: "The Region of the user pool."},
		{name: "username", into: &g.Username, required: true,
			doc: "Where the user's name is found."},
		{name: "password", into: &g.Password, required: true,
			doc: "Where the password is found."},
		{name: "token", into: &g.Token, def: TokenID, enum: []string{TokenID, TokenAccess},
			doc: "Which token is sent. A REST API's authorizer without scopes wants the id token, one with scopes the access token."},
	}
}

func exactlyOne(s *schema, fields []field) {
	for _, f := range fields {
		s.OneOf = append(s.OneOf, &schema{Required: []string{f.name}})
	}
}

// on is a with what the front says where a does not; nil of nil.
func (a *Auth) on(kind front.Kind, region string) *Auth {
	if a == nil {
		return nil
	}
	out := *a
	if a.IAM != nil {
		iam := *a.IAM
		iam.Service, iam.Region = or(iam.Service, signingName(kind)), or(iam.Region, region)
		out.IAM = &iam
	}
	if a.Cognito != nil {
		pool := *a.Cognito
		pool.Region = or(pool.Region, region)
		out.Cognito = &pool
	}
	return &out
}

func or(value, other string) string {
	if value != "" {
		return value
	}
	return other
}

// signingName is the service under which a kind's requests are signed, "" of kinds that
// check no signature themselves:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html,
// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
func signingName(kind front.Kind) string {
	switch kind {
	case front.APIGatewayREST, front.APIGatewayNonProxy, front.APIGatewayHTTP:
		return "execute-api"
	case front.FunctionURL:
		return "lambda"
	}
	return ""
}

// check tests the rules between the fields of a, whose front is known.
func (a *Auth) check(c *checker, path string) {
	if a == nil {
		return
	}
	a.checkShape(c, path)
	if a.IAM != nil && a.IAM.Service == "" {
		c.fail(path+".iam", `field "service" is missing`, "the service that checks the signature, such as execute-api or lambda: the front's kind has none of its own")
	}
}

// checkShape tests those that hold of any front.
func (a *Auth) checkShape(c *checker, path string) {
	if a == nil {
		return
	}
	var writers []string
	for _, w := range []struct {
		name  string
		given bool
	}{{"bearer", a.Bearer != nil}, {"iam", a.IAM != nil}, {"cognito", a.Cognito != nil}} {
		if w.given {
			writers = append(writers, w.name)
		}
	}
	switch {
	case len(writers) > 1:
		c.fail(path+"."+writers[1], writers[0]+" is given too, and each writes the header Authorization", "one of bearer, iam and cognito")
	case len(writers) == 0 && a.APIKey == nil:
		c.fail(path, "names no way", "api_key, bearer, iam or cognito")
	}
	if k := a.APIKey; k != nil {
		k.check(c, path+".api_key", k.APIGateway != "", ", command or apigateway")
	}
	if b := a.Bearer; b != nil {
		b.check(c, path+".bearer", false, " or command")
		if b.Refresh > 0 && len(b.Command) == 0 {
			c.fail(path+".bearer.refresh", "a variable does not change during a run", "it with command only")
		}
	}
	if g := a.Cognito; g != nil {
		g.Username.check(c, path+".cognito.username", false, " or command")
		g.Password.check(c, path+".cognito.password", false, " or command")
	}
}

// check wants exactly one source; another is one besides env and command.
func (s Secret) check(c *checker, path string, another bool, others string) {
	given := 0
	for _, is := range []bool{s.Env != "", len(s.Command) > 0, another} {
		if is {
			given++
		}
	}
	if given != 1 {
		c.fail(path, fmt.Sprintf("says %d ways to find the secret", given), "one of env"+others)
	}
}

// replaces reports whether a writes the header called name, which is in small letters.
func (a *Auth) replaces(name string) bool {
	switch name {
	case "authorization":
		return a != nil && (a.Bearer != nil || a.IAM != nil || a.Cognito != nil)
	case "x-api-key":
		return a != nil && a.APIKey != nil
	case "x-amz-security-token":
		return a != nil && a.IAM != nil
	}
	return false
}
