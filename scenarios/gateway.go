package scenarios

// Gateway is what an API of API Gateway has beyond its integration, in the lab and deployed.
type Gateway struct {
	Endpoint       string             // Regional or EdgeOptimized
	Mapping        string             // MappingTemplate or MappingPassThrough
	Responses      []SelectedResponse // of a non-proxy integration, besides the default
	APIKeyRequired bool
	APIKey         string
	UsagePlan      *UsagePlan
	Throttle       *Throttle // of the stage
	CORS           *CORS
	Permission     bool // the function lets API Gateway invoke it
}

// The endpoints of a REST API.
const (
	Regional      = "regional"
	EdgeOptimized = "edge-optimized"
)

// What a non-proxy integration makes of a request.
const (
	MappingTemplate    = "template"
	MappingPassThrough = "pass-through"
)

// The limits of names and numbers are API Gateway's own:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
// (an API key has 20 to 128 letters and digits).
func (g *Gateway) fields() []field {
	return []field{
		{name: "endpoint", into: &g.Endpoint, def: Regional, enum: []string{Regional, EdgeOptimized},
			doc: "Where callers reach the API: in its Region, or through the nearest CloudFront location, which is what AWS makes of a REST API that says nothing. The function runs in the API's Region either way. REST kinds only."},
		{name: "mapping", into: &g.Mapping, def: MappingTemplate, enum: []string{MappingTemplate, MappingPassThrough},
			doc: "What the function gets of a request: all of it, by a template after the one that the console calls Method Request Passthrough, which a deployed API has too; or the body alone, because there is no template and passthroughBehavior is when_no_match, of an API whose one method is POST /. Kind apigw-rest-nonproxy only."},
		{name: "responses", into: &g.Responses, least: 1,
			doc:      "Statuses for failed invocations, by what their errorMessage says; whatever matches none is answered with 200. A built-in handler that would answer 404 behind another front fails with a message that has \"httpStatus\":404 in it. Kind apigw-rest-nonproxy only.",
			examples: []string{`[{"pattern": ".*\"httpStatus\":404.*", "status": 404}]`}},
		{name: "api_key_required", into: &g.APIKeyRequired, def: "false",
			doc: "Whether methods require an API key in the header x-api-key; without a valid one the answer is 403. REST kinds only."},
		{name: "api_key", into: &g.APIKey, pattern: `^[0-9A-Za-z_-]{20,128}$`, want: "an API key of 20 to 128 letters and digits",
			doc:      "The one key that is valid. Requests send it in their headers.",
			examples: []string{"meditations-0123456789"}},
		{name: "usage_plan", into: &g.UsagePlan,
			doc:      "What the key may use; more is answered with 429.",
			examples: []string{`{"burst": 250, "rate": "100/s", "quota": {"limit": "10K", "period": "day"}}`}},
		{name: "throttle", into: &g.Throttle,
			doc:      "What all callers together may use of the stage; more is answered with 429.",
			examples: []string{`{"burst": 5000, "rate": "10000/s"}`}},
		{name: "cors", into: &g.CORS,
			doc:      "What browsers are told of other sites. An HTTP API answers preflights itself and adds to what the function answers; a REST API has an OPTIONS method with a mock integration.",
			examples: []string{`{"allow_origins": ["https://app.example.com"], "allow_methods": ["GET"]}`}},
		{name: "permission", into: &g.Permission, def: "true",
			doc: "Whether the function's policy lets API Gateway invoke it. With false every call is answered with 500, as that of a tutorial which forgot it."},
	}
}

// SelectedResponse is an integration response with a selection pattern.
type SelectedResponse struct {
	Pattern string
	Status  int
}

func (r *SelectedResponse) fields() []field {
	return []field{
		{name: "pattern", into: &r.Pattern, required: true, pattern: `\S`, want: "a regular expression",
			doc: "A regular expression that must match all of the errorMessage."},
		{name: "status", into: &r.Status, required: true, min: "200", max: "599",
			doc: "The status to answer with."},
	}
}

// Throttle is a rate limit: a bucket of tokens that fills at a rate.
type Throttle struct {
	Burst int
	Rate  Rate
}

func (t *Throttle) fields() []field {
	return []field{
		{name: "burst", into: &t.Burst, required: true, min: "1", max: "1000000",
			doc: "How many requests may come at once: the size of the bucket, full at first."},
		{name: "rate", into: &t.Rate, required: true,
			doc: "How many requests a second it is filled with."},
	}
}

// UsagePlan is what a key may use.
type UsagePlan struct {
	Burst int  // 0: no rate limit
	Rate  Rate // the same
	Quota *Quota
}

func (u *UsagePlan) fields() []field {
	return []field{
		{name: "burst", into: &u.Burst, min: "1", max: "1000000",
			doc: "How many requests may come at once: the size of the bucket, full at first. Together with rate."},
		{name: "rate", into: &u.Rate,
			doc: "How many requests a second the bucket is filled with. Together with burst."},
		{name: "quota", into: &u.Quota,
			doc: "How many requests a period has.", examples: []string{`{"limit": "10K", "period": "day"}`}},
	}
}

// Quota is a number of requests in a period.
type Quota struct {
	Limit  Count
	Period string // "day", "week" or "month"
}

func (q *Quota) fields() []field {
	return []field{
		{name: "limit", into: &q.Limit, required: true, min: "1",
			doc: "How many requests."},
		{name: "period", into: &q.Period, def: "day", enum: []string{"day", "week", "month"},
			doc: "In how long, counted from midnight UTC, Sunday or the first of the month."},
	}
}

// CORS is what browsers are told of other sites.
type CORS struct {
	Origins     []string
	Methods     []string
	Headers     []string
	Expose      []string
	MaxAge      Duration
	Credentials bool
}

func (c *CORS) fields() []field {
	return []field{
		{name: "allow_origins", into: &c.Origins, required: true, least: 1, pattern: `^(\*|https?://\S+)$`, want: "origins such as https://app.example.com, or *",
			doc: "The sites that may call the API. A REST API has one, for its mock answers with a fixed text."},
		{name: "allow_methods", into: &c.Methods, least: 1, enum: append(methods(), "*"),
			doc: "The methods that they may use."},
		{name: "allow_headers", into: &c.Headers, least: 1, pattern: `\S`, want: "names of header fields, or *",
			doc: "The header fields that they may send."},
		{name: "expose_headers", into: &c.Expose, least: 1, pattern: `\S`, want: "names of header fields",
			doc: "The header fields of answers that they may read."},
		{name: "max_age", into: &c.MaxAge, max: "24h",
			doc: "How long a browser may keep the answer to a preflight. Left out, the field is."},
		{name: "allow_credentials", into: &c.Credentials, def: "false",
			doc: "Whether they may send cookies."},
	}
}
