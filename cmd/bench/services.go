package main

import (
	"fmt"
	"time"

	"frontdoor/lab/dynamodb"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// This file carries the scenario's data stores to the lab.

// fillTables makes the scenario's tables as the lab holds them. The error is one that
// the format does not see, such as an item of more than 400 KB.
func (l *loaded) fillTables() error {
	for i, t := range l.Tables {
		table, err := tableOf(t)
		if err != nil {
			return fmt.Errorf("%s: tables[%d].%w", l.name, i, err)
		}
		l.tables = append(l.tables, table)
	}
	if _, err := dynamodb.New(dynamodb.Config{Tables: l.tables}); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	return nil
}

func tableOf(t scenarios.Table) (dynamodb.Table, error) {
	table := dynamodb.Table{
		Name: t.Name, Regions: t.Regions, Lag: time.Duration(t.Lag),
		Key: dynamodb.Key{Hash: dynamodb.Attribute{Name: t.Key, Kind: dynamodb.Kind(t.KeyType)}},
	}
	if t.SortKey != "" {
		table.Key.Sort = dynamodb.Attribute{Name: t.SortKey, Kind: dynamodb.Kind(t.SortKeyType)}
	}
	for n, plain := range t.Items {
		item, err := dynamodb.ItemOf(plain)
		if err != nil {
			return table, fmt.Errorf("items[%d]: %w", n, err)
		}
		table.Items = append(table.Items, item)
	}
	for n, line := range t.Timelines {
		versions, err := versions(line)
		if err != nil {
			return table, fmt.Errorf("timelines[%d].%w", n, err)
		}
		table.Timelines = append(table.Timelines, dynamodb.Timeline{Key: line.Key, Versions: versions})
	}
	return table, nil
}

func versions(line scenarios.Timeline) ([]dynamodb.Version, error) {
	var out []dynamodb.Version
	for n, v := range line.Versions {
		item, err := dynamodb.ItemOf(v.Item)
		if err != nil {
			return nil, fmt.Errorf("versions[%d]: %w", n, err)
		}
		out = append(out, dynamodb.Version{After: time.Duration(v.After), Item: item})
	}
	return out, nil
}

// uncounted is the fronts behind which handlers call the scenario's tables without the
// lab: nobody meters them there. A run without counters was made before there were any.
func uncounted(rec *record.Recording, s *scenarios.Scenario) []string {
	var ids []string
	for _, f := range s.Fronts {
		if len(s.Tables) > 0 && (!f.Lab() || rec.Counters == nil) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}
