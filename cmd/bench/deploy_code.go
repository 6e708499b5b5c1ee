package main

import (
	"context"
	"fmt"
	"os"

	"frontdoor/deploy"
	"frontdoor/deploy/apply"
	"frontdoor/deploy/code"
)

// pack makes the package of every function, each program once, by the function's name.
// bootstraps are programs that were built before, by the architecture.
func pack(ctx context.Context, d *deploy.Deployment, bootstraps map[string]string) (map[string]apply.Package, error) {
	built := map[string]code.Package{}
	packages := map[string]apply.Package{}
	for _, s := range d.Stacks {
		if s.Code == nil {
			continue
		}
		key := string(s.Code.Runtime) + " " + s.Code.File
		if s.Code.Runtime == deploy.NodeJS {
			key += s.Code.Handler
		}
		p, ok := built[key]
		if !ok {
			var err error
			if p, err = packOf(ctx, s.Code, bootstraps); err != nil {
				return nil, fmt.Errorf("package of front %q: %w", s.Front, err)
			}
			built[key] = p
		}
		if err := p.Check(s.Code.Kind); err != nil {
			return nil, fmt.Errorf("front %q: %w", s.Front, err)
		}
		packages[s.Parameters["FunctionName"]] = apply.Package{Key: p.Key(), Zip: p.Zip}
	}
	return packages, nil
}

// architectures of Lambda by the runtime of a package.
func architectures() map[deploy.Runtime]string {
	return map[deploy.Runtime]string{deploy.GoARM64: code.ARM64, deploy.GoX86: code.X86}
}

func packOf(ctx context.Context, c *deploy.Code, bootstraps map[string]string) (code.Package, error) {
	switch {
	case c.File != "":
		return code.Own(c.File, c.Own)
	case c.Runtime == deploy.NodeJS:
		p, _, err := code.NodeJS(c.Handler)
		return p, err
	}
	architecture := architectures()[c.Runtime]
	if file := bootstraps[architecture]; file != "" {
		return code.Bootstrap(file, architecture)
	}
	dir, err := os.Getwd()
	if err != nil {
		return code.Package{}, err
	}
	return code.Build(ctx, dir, architecture)
}
