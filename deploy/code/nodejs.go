package code

import (
	"fmt"

	"frontdoor/handlers"
)

// NodeJS makes the package of a handler's Node.js version, which is the one that
// Lambda@Edge takes. entry is the function in it, as Lambda's Handler wants it.
func NodeJS(handler string) (p Package, entry string, err error) {
	texts, ok := handlers.NodeCode(handler)
	if !ok {
		return Package{}, "", fmt.Errorf("handler %q has no Node.js version, which Lambda@Edge needs", handler)
	}
	files := map[string]file{}
	for name, text := range texts {
		files[name] = file{content: []byte(text)}
	}
	p, err = pack(files)
	return p, handler + ".handler", err
}
