//go:build !linux

package load

import "time"

// throttled is a Linux figure.
func throttled() time.Duration { return 0 }
