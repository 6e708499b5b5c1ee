package scenarios_test

import (
	"fmt"

	"frontdoor/scenarios"
)

func Example() {
	name, data, err := scenarios.Open("quickstart")
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := scenarios.Parse(name, data, "hello", "meditate")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range s.Fronts {
		fmt.Printf("%-8s %s, %d MB\n", f.ID, f.Kind, f.Memory)
	}
	fmt.Printf("%d rounds of %s at %s, %d requests a month\n", s.Rounds, s.Load.Duration, s.Load.Rate, s.Traffic.RequestsPerMonth.Expected)
	// Output:
	// rest     apigw-rest, 128 MB
	// http-api apigw-http, 128 MB
	// alb      alb, 128 MB
	// url      function-url, 128 MB
	// edge     edge-viewer-request, 128 MB
	// 12 rounds of 750ms at 200/s, 15000000 requests a month
}

func ExampleParse() {
	_, err := scenarios.Parse("mine.yaml", []byte(`version: 1
name: mine
handler: hello
fronts:
  - id: url
    kind: function-url
requests:
  - method: GET
    expect: {body: {contains: Hello}}
load:
  rate: 0/s
`))
	fmt.Println(err)
	// Output:
	// mine.yaml:11:9: load.rate: "0/s" is not a rate above zero: want requests per second such as 200/s, 90/m or 0.5/s
}
