package logs

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"
)

type startQueryInput struct {
	LogGroupName        string
	LogGroupNames       []string
	LogGroupIdentifiers []string
	StartTime, EndTime  *int64 // Unix seconds, both included
	QueryString         string
	QueryLanguage       string
	Limit               *int
}

type startQueryOutput struct {
	QueryID string `json:"queryId"`
}

type getQueryResultsInput struct {
	QueryID   string `json:"queryId"`
	MaxItems  *int
	NextToken string
}

type getQueryResultsOutput struct {
	Language   string          `json:"queryLanguage"`
	Results    [][]resultField `json:"results"`
	Statistics queryStatistics `json:"statistics"`
	Status     string          `json:"status"`
	NextToken  string          `json:"nextToken,omitempty"`
}

type resultField struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

type queryStatistics struct {
	Matched float64 `json:"recordsMatched"`
	Scanned float64 `json:"recordsScanned"`
	Bytes   float64 `json:"bytesScanned"`
}

type stopQueryInput struct {
	QueryID string `json:"queryId"`
}

type stopQueryOutput struct {
	Success bool `json:"success"`
}

// query is one that was started. The lab runs it at once.
type query struct {
	region string
	answer getQueryResultsOutput
}

// Limits of queries: 10,000 rows without a limit, at most 100,000, in pages of 10,000; 50
// groups (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html).
const (
	defaultRows      = 10_000
	maxRows          = 100_000
	maxRowsPage      = 10_000
	maxQueriedGroups = 50
)

func (h *Handler) startQuery(c call, in startQueryInput) (startQueryOutput, error) {
	groups, err := h.queried(c.region, in)
	if err != nil {
		return startQueryOutput{}, err
	}
	program, err := parseQuery(in.QueryString)
	if err != nil {
		return startQueryOutput{}, err
	}
	rows := defaultRows
	if in.Limit != nil {
		if rows, err = limitOf(in.Limit, maxRows); err != nil {
			return startQueryOutput{}, err
		}
	} else if program.limit > 0 {
		rows = maxRows // the query's own limit decides
	}
	answer, err := run(program, groups, *in.StartTime*1000, c.horizon(*in.EndTime*1000+999), rows)
	if err != nil {
		return startQueryOutput{}, err
	}
	id := newID()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.queries[id] = &query{c.region, answer}
	return startQueryOutput{id}, nil
}

// queried returns the groups that a query is about.
func (h *Handler) queried(region string, in startQueryInput) ([]Group, error) {
	names := append(append([]string{}, in.LogGroupNames...), in.LogGroupIdentifiers...)
	if in.LogGroupName != "" {
		names = append(names, in.LogGroupName)
	}
	switch {
	case in.QueryLanguage != "" && in.QueryLanguage != "CWLI":
		return nil, invalid("The lab's CloudWatch Logs serves the query language CWLI, not %q", in.QueryLanguage)
	case in.StartTime == nil || in.EndTime == nil:
		return nil, invalid("1 validation error detected: startTime and endTime must not be null")
	case *in.StartTime > *in.EndTime:
		return nil, invalid("End time should be greater than or equal to start time") // AWS's words are not known
	case len(names) == 0 || len(names) > maxQueriedGroups:
		return nil, invalid("A query is about 1 to %d log groups, not %d", maxQueriedGroups, len(names))
	}
	var groups []Group
	for _, name := range names {
		g, err := h.find(region, name)
		if err != nil {
			return nil, err
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// getQueryResults answers the rows of a query from a position on.
func (h *Handler) getQueryResults(c call, in getQueryResultsInput) (getQueryResultsOutput, error) {
	q, err := h.started(c.region, in.QueryID)
	if err != nil {
		return getQueryResultsOutput{}, err
	}
	most, err := limitOf(c.Least(in.MaxItems), maxRowsPage)
	if err != nil {
		return getQueryResultsOutput{}, err
	}
	from := 0
	if in.NextToken != "" {
		position, ok := strings.CutPrefix(in.NextToken, in.QueryID+"/")
		if from, err = strconv.Atoi(position); !ok || err != nil || from < 0 || from > len(q.answer.Results) {
			return getQueryResultsOutput{}, invalid("The specified nextToken is invalid.")
		}
	}
	answer := q.answer
	if c.State != "" { // not over, or never to be
		answer.Status, answer.Results = c.State, [][]resultField{}
		return answer, nil
	}
	answer.Results = answer.Results[from:]
	if len(answer.Results) > most {
		answer.Results, answer.NextToken = answer.Results[:most], in.QueryID+"/"+strconv.Itoa(from+most)
	}
	return answer, nil
}

// stopQuery refuses a query that has ended, as all of the lab's have.
func (h *Handler) stopQuery(c call, in stopQueryInput) (stopQueryOutput, error) {
	if _, err := h.started(c.region, in.QueryID); err != nil {
		return stopQueryOutput{}, err
	}
	return stopQueryOutput{}, invalid("The specified query is not running")
}

func (h *Handler) started(region, id string) (*query, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	q := h.queries[id]
	if q == nil || q.region != region {
		return nil, notFound("Query does not exist.")
	}
	return q, nil
}

// newID is a query's id: a random UUID, version 4.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
