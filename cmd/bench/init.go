package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"frontdoor/pricing"
)

// initFlags decide on INIT billing in place of the book.
type initFlags struct{ lambda, edge string }

func (f *initFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.lambda, "lambda-init", "", "whether Lambda bills INIT: yes or no (default: yes from 2025-08-01; container images and custom runtimes always paid for it)")
	flags.StringVar(&f.edge, "edge-init", "", "whether Lambda@Edge bills INIT, which AWS does not say: yes or no (default: yes from 2025-08-01, unconfirmed)")
}

// String says what the flags decided, "" when they say nothing.
func (f *initFlags) String() string {
	var parts []string
	for _, flag := range []struct{ service, value string }{{"Lambda", f.lambda}, {"Lambda@Edge", f.edge}} {
		switch flag.value {
		case "yes":
			parts = append(parts, "INIT of "+flag.service+" billed on request")
		case "no":
			parts = append(parts, "INIT of "+flag.service+" not billed on request")
		}
	}
	return strings.Join(parts, "; ")
}

// choice is what the flags say; nil where they say nothing.
func (f *initFlags) choice() (pricing.InitSwitch, error) {
	var s pricing.InitSwitch
	for _, flag := range []struct {
		name, value string
		into        **bool
	}{{"--lambda-init", f.lambda, &s.Lambda}, {"--edge-init", f.edge, &s.Edge}} {
		switch flag.value {
		case "":
		case "yes", "no":
			billed := flag.value == "yes"
			*flag.into = &billed
		default:
			return s, fmt.Errorf("%s: %q: want yes or no", flag.name, flag.value)
		}
	}
	return s, nil
}
