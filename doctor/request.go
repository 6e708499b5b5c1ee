package doctor

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"frontdoor/deploy"
)

// This file makes the request that the simulator is to decide on.

// contextOf is a request that fulfils the conditions of a statement.
func contextOf(s deploy.Statement) []types.ContextEntry {
	var entries []types.ContextEntry
	for operator, keys := range s.Condition {
		for key, value := range keys {
			values := []string{"bench-doctor"}
			if list, ok := value.([]string); ok && operator == "StringEquals" {
				values = list[:1]
			}
			entries = append(entries, types.ContextEntry{ContextKeyName: &key, ContextKeyType: types.ContextKeyTypeEnumString, ContextKeyValues: values})
		}
	}
	return entries
}

// samples are ARNs that a pattern stands for: in one Region, of the caller's account,
// with a name that nothing has. Where any type of a network will do, each is one.
func samples(pattern, region, account string) []string {
	if pattern == "*" {
		return []string{pattern}
	}
	parts := strings.SplitN(pattern, ":", 6)
	for i, value := range map[int]string{3: region, 4: account} {
		if parts[i] == "*" {
			parts[i] = value
		}
	}
	names := []string{parts[5]}
	if parts[5] == "*/*" {
		names = []string{"internet-gateway/*", "route-table/*", "security-group/*", "subnet/*", "vpc/*"}
	}
	var arns []string
	for _, name := range names {
		if stem := strings.TrimSuffix(name, "*"); strings.TrimRight(stem, "-/.:") == stem {
			name = stem // "/restapis*" is of a whole name, and of what is below
		}
		parts[5] = strings.ReplaceAll(name, "*", "doctor")
		arns = append(arns, strings.Join(parts, ":"))
	}
	return arns
}
