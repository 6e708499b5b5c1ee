package logs

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The requests and answers of the operations served, with the members that the lab
// knows. Names are those of the API reference:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html

type describeLogGroupsInput struct {
	LogGroupNamePrefix  string
	LogGroupNamePattern string
	NextToken           string
	Limit               *int
}

type describeLogGroupsOutput struct {
	LogGroups []logGroup `json:"logGroups"`
	NextToken string     `json:"nextToken,omitempty"`
}

type logGroup struct {
	Name              string `json:"logGroupName"`
	CreationTime      int64  `json:"creationTime"`
	MetricFilterCount int    `json:"metricFilterCount"`
	ARN               string `json:"arn"`
	StoredBytes       int64  `json:"storedBytes"`
	Class             string `json:"logGroupClass"`
	BareARN           string `json:"logGroupArn"`
}

// maxGroups is the most, and the default, of one page:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
const maxGroups = 50

// describeLogGroups lists the Region's groups by name.
func (h *Handler) describeLogGroups(c call, in describeLogGroupsInput) (describeLogGroupsOutput, error) {
	out := describeLogGroupsOutput{LogGroups: []logGroup{}}
	if in.LogGroupNamePrefix != "" && in.LogGroupNamePattern != "" {
		return out, invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
	}
	limit, err := limitOf(c.Least(in.Limit), maxGroups)
	if err != nil {
		return out, err
	}
	for _, g := range h.in(c.region) {
		if g.Name <= in.NextToken || !in.matches(g.Name) {
			continue
		}
		if len(out.LogGroups) == limit {
			out.NextToken = out.LogGroups[limit-1].Name
			break
		}
		out.LogGroups = append(out.LogGroups, g.describe())
	}
	return out, nil
}

// matches applies the filters: a pattern is any part of a name, whatever its case.
func (in describeLogGroupsInput) matches(name string) bool {
	return strings.HasPrefix(name, in.LogGroupNamePrefix) &&
		strings.Contains(strings.ToLower(name), strings.ToLower(in.LogGroupNamePattern))
}

func (g Group) describe() logGroup {
	d := logGroup{Name: g.Name, ARN: g.arn() + ":*", BareARN: g.arn(), Class: "STANDARD"}
	if info, err := os.Stat(g.Folder); err == nil {
		d.CreationTime = info.ModTime().UnixMilli() // the lab keeps no better one
	}
	_ = filepath.WalkDir(g.Folder, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				d.StoredBytes += info.Size()
			}
		}
		return nil // a folder that is not there holds nothing
	})
	return d
}

// limitOf is how many things one answer may hold: what was asked for, within AWS's limit.
func limitOf(asked *int, most int) (int, error) {
	if asked == nil {
		return most, nil
	}
	if *asked > most {
		return 0, invalid("1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint: Member must have value less than or equal to %d", *asked, most)
	}
	if *asked < 1 {
		return 0, invalid("1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", *asked)
	}
	return *asked, nil
}
