// Package scenarios is the YAML format in which a benchmark is described: its
// fields, defaults and rules, its JSON Schema, and the scenarios that are built in.
// The same for workloads, months to price without a measurement: see ParseWorkload
// and docs/workload.md.
//
// A scenario in full; all that it leaves out has a default (Describe lists them):
//
//	version: 1
//	name: three-doors
//	handler: hello
//	fronts:
//	  - {id: rest, kind: apigw-rest}
//	  - {id: http-api, kind: apigw-http}
//	  - id: live
//	    kind: function-url
//	    url: https://abcdefgh.lambda-url.eu-west-1.on.aws
//	    region: eu-west-1
//	    function: hello
//	requests:
//	  - method: GET
//	    expect: {body: {contains: Hello}}
//	load:
//	  rate: 200/s
//	  duration: 10s
//	traffic:
//	  requests_per_month: {low: 7M, expected: 15M, high: 32M}
//	gates:
//	  - p(95)[rest] <= p(95)[http-api] + 5ms
//
// # Quantities
//
// Every quantity has its unit, and a bare number is refused where a reader could
// not know it: rates ("200/s", "90/m"), durations ("1m30s"), sizes ("6KB" is 6,000
// bytes, "6KiB" is 6,144), a function's memory ("128MB", Lambda's megabytes). A
// count may have K, M or B behind it ("15M"), a share is 0.2 or "20%".
//
// # Strictness
//
// Unknown fields, fields given twice, wrong types, empty values, tags, anchors and
// a second document are errors with file, line and column; see Error. Text that
// YAML reads as a number, a date or a truth value needs quotes.
//
// # Gates
//
// Conditions such as the one above, on measured figures; package gate has their
// grammar. A time without a unit is in milliseconds, as in k6; a metric without a
// front is meant for each of them. This package reads and checks gates;
// package report judges them.
package scenarios
