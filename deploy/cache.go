package deploy

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"frontdoor/scenarios"
)

// edgeParameters is what a distribution has besides its functions and its origin. Without
// a word of the scenario nothing is cached, as in the lab.
func (c Config) edgeParameters(f scenarios.Front) map[string]string {
	p := map[string]string{
		"IncludeBody": strconv.FormatBool(c.bodies()),
	}
	d := f.CloudFront
	if d == nil {
		return p
	}
	p["ViewerProtocol"], p["Forward"] = d.Protocol, d.Forward
	if d.Methods != nil {
		p["AllowedMethods"] = strings.Join(d.Methods, ",")
	}
	if d.CacheOptions {
		p["CachedMethods"] = "GET,HEAD,OPTIONS"
	}
	maps.Copy(p, cacheParameters(d.Cache))
	return p
}

// bodies reports whether any request has one: only then the function is to see it.
func (c Config) bodies() bool {
	return slices.ContainsFunc(c.Scenario.Requests, func(r scenarios.Request) bool { return r.Body != "" })
}

// cacheParameters is a cache policy; none for nil, which is CachingDisabled.
func cacheParameters(p *scenarios.CachePolicy) map[string]string {
	if p == nil {
		return nil
	}
	out := map[string]string{
		"Cache": "true", "MinTTL": seconds(p.MinTTL), "DefaultTTL": seconds(p.DefaultTTL), "MaxTTL": seconds(p.MaxTTL),
	}
	for _, key := range []struct {
		behavior, list string
		names          scenarios.KeyNames
	}{
		{"QueryInKey", "QueryNames", p.Query},
		{"CookiesInKey", "CookieNames", p.Cookies},
		{"HeadersInKey", "HeaderNames", scenarios.KeyNames{Some: p.Headers}},
	} {
		switch {
		case key.names.All:
			out[key.behavior] = "all"
		case key.names.Some != nil:
			out[key.behavior], out[key.list] = "whitelist", strings.Join(key.names.Some, ",")
		}
	}
	return out
}

func seconds(d scenarios.Duration) string { return strconv.Itoa(wholeSeconds(d)) }

// keyed reports whether more than the path is in the key.
func keyed(p *scenarios.CachePolicy) bool {
	return p.Query.All || p.Query.Some != nil || p.Cookies.All || p.Cookies.Some != nil || p.Headers != nil
}
