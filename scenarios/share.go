package scenarios

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// Share is a part of a whole, from 0 to 1: 0.2, or "20%".
type Share float64

const sharePattern = `^(100(\.0{1,9})?|[0-9]{1,2}(\.[0-9]{1,9})?)%$`

var shareForm = regexp.MustCompile(sharePattern)

var errNotShare = errors.New("is not a share of the whole")

func (s *Share) set(l literal) error {
	text, scale := l.text, 1.0
	switch {
	case shareForm.MatchString(text):
		text, scale = strings.TrimSuffix(text, "%"), 100
	case !decimal.MatchString(text), l.tag == "!!str":
		return errNotShare
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 0 || n > 1*scale {
		return errNotShare
	}
	*s = Share(n / scale)
	return nil
}

func (s *Share) want() string { return "a number from 0 to 1, or a percentage such as 20%" }

func (s *Share) schema() *schema {
	return &schema{AnyOf: []*schema{
		{Type: "number", Minimum: bound("0"), Maximum: bound("1")},
		{Type: "string", Pattern: sharePattern},
	}}
}

// decimal is how the format writes a number. YAML also knows octal, hexadecimal,
// underscores, .inf and .nan, each of which reads as something else to somebody.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?$`)

// integer is how the format writes a whole number; 012 is octal to YAML 1.1.
var integer = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,19})$`)
