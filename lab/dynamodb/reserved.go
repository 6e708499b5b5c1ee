package dynamodb

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// reservedText is the words that no expression may use as an attribute's name, one a
// line in alphabetical order:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
//
//go:embed reserved.txt
var reservedText string

var reservedWords = sync.OnceValue(func() []string { return strings.Fields(reservedText) })

func reserved(name string) bool {
	_, found := slices.BinarySearch(reservedWords(), strings.ToUpper(name))
	return found
}
