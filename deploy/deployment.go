// Package deploy says what has to stand on AWS for a scenario's fronts: CloudFormation
// templates, the stacks that are made of them in order, what they cost while nobody
// calls, and the IAM policies that their makers and users need. It is data: package
// deploy/apply makes it true.
package deploy

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// Deployment is the stacks of a scenario.
type Deployment struct {
	Name     string
	Scenario string
	Stacks   []Stack  // each behind those that it needs
	Notes    []string // what will be otherwise than in the lab

	scenario *scenarios.Scenario
	config   Config
}

// Stack is one CloudFormation stack.
type Stack struct {
	Name       string
	Region     string
	Template   string            // name of the file below templates; Body is its text
	Parameters map[string]string // values may have ${STACK.OUTPUT}, ${code.Bucket} and ${code.Key} in them
	Variables  map[string]string // of the function, besides bench's own; Body has them
	Mapping    *Mapping          // of a REST API; nil elsewhere
	Tags       map[string]string // of the stack: CloudFormation hands them on to what takes tags
	Needs      []string          // names of the stacks that must stand first
	Front      string            // id of the front; "" of a stack that several share
	Kind       front.Kind        // of the front whose address the stack has; "" of all other stacks
	Code       *Code             // the package of the stack's function; nil: it has none

	// Of a distribution alone:
	Functions []Function           // at its events, the front's own first
	Scripts   map[string]string    // code of CloudFront Functions by their event; Body has it
	Errors    []ErrorResponse      // custom error responses; Body has them
	Objects   []scenarios.S3Object // of the bucket that is its origin
}

// The tags of everything that is deployed.
const (
	TagDeployment = "bench:deployment"
	TagScenario   = "bench:scenario"
	TagFront      = "bench:front"
)

// Code is the package that a stack's function needs, in the bucket of the stack's Region.
// The key that stands for ${code.Key} must differ whenever the content does: a new
// version of a Lambda@Edge function is made when it changes.
type Code struct {
	Kind      front.Kind
	Handler   string // of the scenario; "" with File
	Runtime   Runtime
	File      string // a zip or folder of the user's own, in place of a built-in handler
	Own       string // what Lambda calls the runtime of File
	Artifacts string // name of the stack with the bucket
}

// Runtime is how a package is built.
type Runtime string

// The runtimes of packages.
const (
	GoARM64 Runtime = "go-arm64"
	GoX86   Runtime = "go-x86"
	NodeJS  Runtime = "nodejs"
)

// Stack returns the stack called name.
func (d *Deployment) Stack(name string) (Stack, error) {
	for _, s := range d.Stacks {
		if s.Name == name {
			return s, nil
		}
	}
	return Stack{}, fmt.Errorf("deployment %q has no stack %q", d.Name, name)
}
