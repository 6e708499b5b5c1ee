// Package apply makes on AWS what package deploy plans, and takes it away again:
// stacks through CloudFormation, in the order of their needs, and by other calls only
// what CloudFormation cannot do: uploading packages, filling tables, emptying buckets.
//
// What it says it did, it asked for: a stack has stood when CloudFormation said so, a
// front has been deployed when it answered, and a deployment is gone when neither its
// tags nor the places that have no tags show anything of it.
package apply
