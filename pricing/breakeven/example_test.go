package breakeven_test

import (
	"fmt"
	"log"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// HTTP API against a load balancer, x being requests a month: list prices of
// us-east-1, 730 hours, and a slope of 0.92 $/M for the load balancer's LCUs.
func ExamplePair() {
	usd := func(s string) pricing.USD {
		u, err := pricing.ParseUSD(s)
		if err != nil {
			log.Fatal(err)
		}
		return u
	}
	http := pricing.Curve{Front: "HTTP API", Pieces: []pricing.Piece{
		{Slope: usd("0.000001")},
		{From: pricing.Count(300_000_000), Intercept: usd("30"), Slope: usd("0.0000009")},
	}}
	alb := pricing.Curve{Front: "ALB", Pieces: []pricing.Piece{{Intercept: usd("16.425"), Slope: usd("0.00000092")}}}
	versus, err := breakeven.Pair(http, alb)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range versus.Stretches {
		fmt.Println("from", s.From, map[breakeven.Side]string{breakeven.A: "HTTP API", breakeven.B: "ALB"}[s.Cheaper])
	}
	fmt.Println("HTTP API cheaper again:", versus.Again(breakeven.A))
	// Output:
	// from 0 HTTP API
	// from 205312500 ALB
	// from 678750000 HTTP API
	// HTTP API cheaper again: true
}
