package pricing_test

import (
	"fmt"
	"log"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// A function of 128 MB behind CloudFront, measured twice, in a month of ten
// million requests: the Lambda@Edge lines are the example of AWS's page.
func Example() {
	book, err := pricing.Shipped()
	if err != nil {
		log.Fatal(err)
	}
	door := record.Front{ID: "edge", Kind: front.EdgeViewerRequest, FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "x86_64"}
	measured := pricing.Measure(door, []record.Hit{
		{RequestID: "a", Status: 200, BytesOut: 300, BytesIn: 1024},
		{RequestID: "b", Status: 200, BytesOut: 300, BytesIn: 1024},
	}, []record.Report{
		{RequestID: "a", DurationUS: 9_200, InitUS: -1, LogBytes: 200},
		{RequestID: "b", DurationUS: 9_990, InitUS: -1, LogBytes: 200},
	})
	bill, err := book.Price(measured.Workload(pricing.Forecast{RequestsPerMonth: 10_000_000}),
		pricing.BillOptions{AsOf: pricing.NewDate(2024, time.July, 1), FreeTier: pricing.FreeNone})
	if err != nil {
		log.Fatal(err)
	}
	page := bill.Rounded(pricing.RoundAWSPage)
	for _, l := range page.Lines {
		fmt.Printf("%-26s %-9s %11s %-10s x %-11s = %s\n", l.Meter, l.Region, l.Quantity.Rat().FloatString(2), l.Unit, l.UnitPrice, l.Amount)
	}
	fmt.Println(page.Total, page.Confidence)
	// Output:
	// edge.requests              us-east-1 10000000.00 Requests   x 0.0000006   = 6
	// edge.gb_seconds            us-east-1    12500.00 GB-Seconds x 0.00005001  = 0.63
	// logs.ingested_gb.vended    us-east-1        1.86 GB         x 0.5         = 0.93
	// cloudfront.requests.https.us global    10000000.00 Requests   x 0.000001    = 10
	// cloudfront.egress_gb.us    global           9.54 GB         x 0.085       = 0.81
	// 18.37 unconfirmed
}
