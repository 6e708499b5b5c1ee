package deploy

import "strings"

// Open are the ids of the fronts that answer everybody who finds their address, in the
// order of the scenario. One that wants an API key or a signature is not among them; a
// load balancer and a distribution cannot want either here.
func (d *Deployment) Open() []string {
	var ids []string
	for _, s := range d.Stacks {
		if s.Code != nil && s.Parameters["ApiKeyRequired"] != "true" && s.Parameters["AuthType"] != "AWS_IAM" {
			ids = append(ids, s.Front)
		}
	}
	return ids
}

// Closing is how some of the fronts that are open can be closed, or bounded in what they
// let in: flags and fields, with what each is of.
func (d *Deployment) Closing() []string {
	var url, key, throttle bool
	for _, s := range d.Stacks {
		api := strings.HasPrefix(s.Template, "rest") || s.Template == "http.yaml"
		url = url || s.Parameters["AuthType"] == "NONE"
		key = key || strings.HasPrefix(s.Template, "rest") && s.Parameters["ApiKeyRequired"] != "true"
		throttle = throttle || api && s.Parameters["ThrottleRate"] == ""
	}
	var ways []string
	for _, way := range []struct {
		possible bool
		how      string
	}{
		{url, "--signed-urls (function URLs)"},
		{key, "gateway.api_key_required with a usage_plan (REST APIs)"},
		{throttle, "gateway.throttle (APIs)"},
	} {
		if way.possible {
			ways = append(ways, way.how)
		}
	}
	return ways
}
