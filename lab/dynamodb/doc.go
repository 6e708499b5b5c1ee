// Package dynamodb is a DynamoDB endpoint for the loopback interface: tables in
// given Regions, seeded, and an http.Handler that the AWS SDKs, boto3 and the aws CLI
// call in the service's own protocol, AWS JSON 1.0
// (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html), checksums of
// answers included.
//
// It serves what the handlers of this repository call (DescribeTable, GetItem,
// PutItem, Scan, UpdateItem) and refuses the rest by name: an operation or a
// parameter that it does not know is an error and never ignored. Each caller gets a
// Handler of its own, which meters request units by AWS's rules.
//
// The Region of a call is that of its SigV4 credential scope. Signatures are not
// verified, so the endpoint belongs on 127.0.0.1 and nowhere else.
//
// Numbers are decimals of 38 digits. Reads see every write at once: an eventually
// consistent read differs in what it costs alone, but for the replicas of a global
// table, which lag.
package dynamodb
