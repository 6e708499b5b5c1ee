package main

import (
	"fmt"
	"runtime"

	"frontdoor/handlers/publish"
)

// s3Event stands where a front's kind does, for a function that notifications of S3
// invoke: no front is before it.
const s3Event = "s3-event"

// serveS3Event serves the handler called name; its configuration is the environment.
func serveS3Event(name string) error {
	if name != "publish" {
		return usage(fmt.Errorf("unknown handler %q of S3 events: want publish", name))
	}
	runtime.GOMAXPROCS(1)
	return usage(publish.Serve())
}
