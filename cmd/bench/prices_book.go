package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdoor/pricing"
)

// noBook in place of a file's name asks for the shipped book alone.
const noBook = "none"

// bookPath is the file of the user's price book: what flag says, else
// $BENCH_BOOK, else the default, which need not exist; "" is none. chosen
// reports whether somebody named the file.
func bookPath(env *env, flag string) (path string, chosen bool) {
	for _, named := range []string{flag, env.getenv("BENCH_BOOK")} {
		switch named {
		case "":
		case noBook:
			return "", true
		default:
			return named, true
		}
	}
	if dir := env.getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) { // the specification says to ignore relative ones
		return filepath.Join(dir, "bench", "prices.csv"), false
	}
	if home := env.getenv("HOME"); home != "" {
		return filepath.Join(home, ".config", "bench", "prices.csv"), false
	}
	return "", false
}

// loadBook is the shipped book with the user's laid over it, if there is one,
// and what it is in a few words: "shipped", or "shipped + FILE (AWSLambda
// 20260919002359)". flag is a file, "none", or "" for the default.
func loadBook(env *env, flag string) (*pricing.Book, string, error) {
	path, chosen := bookPath(env, flag)
	b, err := layBook(path)
	switch {
	case err != nil:
		return nil, "", err
	case b.user != nil:
		return b.both, fmt.Sprintf("shipped + %s (%s)", nameable(path), contents(b.user)), nil
	case chosen && path != "":
		return nil, "", usage(fmt.Errorf("there is no price book %q\nhint: bench prices import makes one; --book none does without", path))
	}
	return b.both, "shipped", nil
}

// laid is the shipped book, the user's (nil when there is none) with its
// comments, and the one over the other.
type laid struct {
	shipped, user, both *pricing.Book
	comments            []string
}

// layBook lays the user's book at path over the shipped one.
func layBook(path string) (laid, error) {
	var b laid
	var err error
	if b.shipped, err = pricing.Shipped(); err != nil {
		return b, err
	}
	b.both = b.shipped
	if b.user, b.comments, err = readBook(b.shipped, path); err != nil || b.user == nil {
		return b, err
	}
	if b.both, err = b.shipped.Over(b.user); err != nil {
		return b, usage(fmt.Errorf("price book %q: %w", path, err))
	}
	return b, nil
}

// readBook reads a user's book and its comments. A file that is not there is no
// book, and no error.
func readBook(shipped *pricing.Book, path string) (*pricing.Book, []string, error) {
	if path == "" {
		return nil, nil, nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, usage(err)
	}
	defer file.Close()
	if err := regular(file, largestBook); err != nil {
		return nil, nil, usage(err)
	}
	book, err := shipped.ParseOver(path, file)
	if err != nil {
		return nil, nil, usage(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	comments, err := commentsOf(file)
	return book, comments, err
}

// largestBook is more than all of AWS's prices for our meters take.
const largestBook = 256 << 20

// regular refuses what is no file of a sensible size: a device may never end.
func regular(file *os.File, most int64) error {
	info, err := file.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("read %q: it is not a regular file", file.Name())
	case info.Size() > most:
		return fmt.Errorf("read %q: it has %d bytes: want %d or less", file.Name(), info.Size(), most)
	}
	return nil
}

// commentsOf are the lines that begin with "#", without it. Fields that span
// lines are not told from them: such a line is kept as a comment too.
func commentsOf(r io.Reader) ([]string, error) {
	var comments []string
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), "#"); ok {
			comments = append(comments, strings.TrimSpace(text))
		}
	}
	return comments, lines.Err()
}

// contents is the versions of the price lists that a book was taken from, and
// whether there are other rates.
func contents(book *pricing.Book) string {
	const few = 3
	var versions []string
	own := false
	for _, r := range book.All() {
		version, listed := strings.CutPrefix(r.Source, pricing.PriceList)
		own = own || !listed
		if listed && !slices.Contains(versions, version) {
			versions = append(versions, version)
		}
	}
	slices.Sort(versions)
	if more := len(versions) - few; more > 0 {
		versions = append(versions[:few], fmt.Sprintf("%d more", more))
	}
	if own {
		versions = append(versions, "rates of your own")
	}
	if len(versions) == 0 {
		return "empty"
	}
	return strings.Join(versions, ", ")
}
