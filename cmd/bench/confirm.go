package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// confirmed asks a question on the terminal: y or yes, and nothing else, is yes. The end
// of ctx is a no, although the terminal is still read from.
func (e *env) confirmed(ctx context.Context, question string) bool {
	fmt.Fprintf(e.stderr, "\n%s [y/N] ", question)
	answer := make(chan string, 1)
	go func() {
		line, err := bufio.NewReader(e.stdin).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			line = ""
		}
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case said := <-answer:
		return said == "y" || said == "yes"
	case <-ctx.Done():
		return false
	}
}
