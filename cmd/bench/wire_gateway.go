package main

import (
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/scenarios"
)

// gatewayOf is a scenario's API for the lab.
func gatewayOf(g *scenarios.Gateway) lab.Gateway {
	if g == nil {
		return lab.Gateway{}
	}
	out := lab.Gateway{
		EdgeOptimized: g.Endpoint == scenarios.EdgeOptimized, PassThrough: g.Mapping == scenarios.MappingPassThrough,
		APIKey: g.APIKey, NoPermission: !g.Permission,
	}
	for _, r := range g.Responses {
		out.Selections = append(out.Selections, front.Selection(r))
	}
	if u := g.UsagePlan; u != nil {
		if u.Burst > 0 {
			out.Plan = &lab.Throttle{Burst: u.Burst, Rate: float64(u.Rate)}
		}
		if u.Quota != nil {
			out.Quota = &lab.Quota{Limit: int(u.Quota.Limit), Period: strings.ToUpper(u.Quota.Period)}
		}
	}
	if t := g.Throttle; t != nil {
		out.Stage = &lab.Throttle{Burst: t.Burst, Rate: float64(t.Rate)}
	}
	if c := g.CORS; c != nil {
		out.CORS = &lab.CORS{Origins: c.Origins, Methods: c.Methods, Headers: c.Headers, Expose: c.Expose, MaxAge: time.Duration(c.MaxAge), Credentials: c.Credentials}
	}
	return out
}
