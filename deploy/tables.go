package deploy

import (
	"strings"

	"frontdoor/scenarios"
)

// use is what a built-in handler does with a table. Its name and Region are constants
// of the handler, since at the edge there are no variables; elsewhere TABLE_REGION says
// where the jobs are.
type use struct {
	table, region string
	actions       string // by commas
}

// tableUse is what the handler called name does with a table, given its variables; false
// when it has none.
func tableUse(name string, variables map[string]string) (use, bool) {
	uses := map[string]use{
		"card-page": {"AlienCards", "us-east-1", "dynamodb:GetItem"},
		"jobid":     {"MediaConvertInputFileToJobId", "ap-northeast-1", "dynamodb:GetItem"},
		"like":      {"AlienCards", "us-east-1", "dynamodb:UpdateItem"},
		"status":    {"MediaConvertJobIdToStatus", "ap-northeast-1", "dynamodb:GetItem"},
	}
	u, ok := uses[name]
	if region := variables["TABLE_REGION"]; region != "" && (name == "jobid" || name == "status") {
		u.region = region
	}
	return u, ok
}

func (c Config) tableStack(table, region string) string {
	return short(maxStack, c.Name, "table", stackWord(table), region)
}

// stackWord is a table's name without what a stack's may not have: dots and underscores.
func stackWord(table string) string {
	return strings.Trim(strings.NewReplacer(".", "-", "_", "-").Replace(table), "-")
}

// addTable adds the stack of a table. It is called as handlers call it: in one account
// there is one of the name in a Region.
func (d *Deployment) addTable(t scenarios.Table) {
	p := map[string]string{"TableName": t.Name, "Key": t.Key, "KeyType": t.KeyType}
	if t.SortKey != "" {
		p["SortKey"], p["SortKeyType"] = t.SortKey, t.SortKeyType
	}
	d.add("", Stack{Name: d.config.tableStack(t.Name, t.Region), Region: t.Region, Template: "table.yaml", Parameters: p})
}
