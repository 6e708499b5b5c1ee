package deploy

import "strings"

// Open are the ids of the fronts that answer everybody who finds their address, in the
// order of the scenario. One that wants an API key or a signature is not among them, and no
// load balancer that only some addresses reach; a distribution cannot want any of it here.
func (d *Deployment) Open() []string {
	var ids []string
	for _, s := range d.Stacks {
		if s.open() {
			ids = append(ids, s.Front)
		}
	}
	return ids
}

func (s Stack) open() bool {
	p := s.Parameters
	return s.Kind != "" && p["ApiKeyRequired"] != "true" && p["AuthType"] != signed && (p["From"] == "" || p["From"] == anywhere)
}

// Closing is how some of the fronts that are open can be closed, or bounded in what they
// let in: flags and fields, with what each is of.
func (d *Deployment) Closing() []string {
	var sign, from, key, throttle bool
	for _, s := range d.Stacks {
		if !s.open() {
			continue
		}
		p := s.Parameters
		rest, http := strings.HasPrefix(s.Template, "rest"), s.Template == "http.yaml"
		sign = sign || p["AuthType"] == everybody && !(http && p["CorsOrigins"] != "") // which is refused
		from = from || p["From"] == anywhere
		key = key || rest
		throttle = throttle || (rest || http) && p["ThrottleRate"] == ""
	}
	var ways []string
	for _, way := range []struct {
		possible bool
		how      string
	}{
		{sign, "--signed (APIs, function URLs)"},
		{from, "--from (load balancers)"},
		{key, "gateway.api_key_required with a usage_plan (REST APIs)"},
		{throttle, "gateway.throttle (APIs)"},
	} {
		if way.possible {
			ways = append(ways, way.how)
		}
	}
	return ways
}
