package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// commandLimit bounds a command that waits for somebody who is not there.
const commandLimit = time.Minute

// mostPrinted bounds what is read of a command; tokens have some kilobytes.
const mostPrinted = 1 << 20

// secret looks a secret up and tells Known.
func (l Lookup) secret(ctx context.Context, s Source) (string, error) {
	value, err := l.read(ctx, s)
	l.Known.AddToken(value)
	return value, err
}

// read looks up what need not be a secret, such as a user's name. What cannot be sent it
// returns with its error.
func (l Lookup) read(ctx context.Context, s Source) (string, error) {
	value, name := l.Getenv(s.Env), fmt.Sprintf("variable %q", s.Env)
	if len(s.Command) > 0 {
		var err error
		if value, err = l.run(ctx, s.Command); err != nil {
			return "", err
		}
		name = "what " + commandName(s.Command) + " prints"
	} else if value == "" {
		return "", fmt.Errorf("%s is not set", name)
	}
	if err := checked(value); err != nil {
		return value, fmt.Errorf("%s %w", name, err)
	}
	return value, nil
}

// commandName names a command by its program alone: its words may be somebody's secrets.
func commandName(words []string) string { return fmt.Sprintf("command %q", words[0]) }

// run is what a command prints, without the space around it. Its error tells how the
// command ended and never what it said, on either stream.
func (l Lookup) run(ctx context.Context, words []string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, commandLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = l.Dir
	cmd.WaitDelay = time.Second // a child of it may hold its output open
	out := &bounded{}
	cmd.Stdout = out
	err := cmd.Run()
	value := strings.TrimSpace(out.String())
	var exit *exec.ExitError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("%s took longer than %s", commandName(words), commandLimit)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.As(err, &exit):
		return "", fmt.Errorf("%s: %s", commandName(words), exit.ProcessState) // "exit status 3", "signal: killed"
	case err != nil:
		return "", fmt.Errorf("%s could not be run: %w", commandName(words), err)
	}
	return value, nil
}

// bounded keeps the beginning of what is written.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	b.Buffer.Write(p[:min(len(p), mostPrinted-b.Len())])
	return len(p), nil
}
