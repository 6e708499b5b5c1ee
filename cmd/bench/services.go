package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"frontdoor/lab"
	"frontdoor/lab/dynamodb"
	"frontdoor/lab/s3"
	"frontdoor/scenarios"
)

// This file carries the scenario's data stores to the lab.

// fillTables makes the scenario's tables as the lab holds them. The error is one that
// the format does not see, such as an item of more than 400 KB.
func (l *loaded) fillTables() error {
	for i, t := range l.Tables {
		at := fmt.Sprintf("tables[%d]", i)
		table, err := l.table(at, t)
		if err != nil {
			return err
		}
		l.tables = append(l.tables, table)
		if _, err := dynamodb.New(dynamodb.Config{Tables: l.tables}); err != nil {
			return l.Error(at, err.Error(), "")
		}
	}
	return nil
}

// table is a table of the scenario, which stands at a place, as the lab holds it.
func (l *loaded) table(at string, t scenarios.Table) (dynamodb.Table, error) {
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
			return table, l.Error(fmt.Sprintf("%s.items[%d]", at, n), err.Error(), "")
		}
		table.Items = append(table.Items, item)
	}
	for n, line := range t.Timelines {
		versions, err := l.versions(fmt.Sprintf("%s.timelines[%d]", at, n), line)
		if err != nil {
			return table, err
		}
		table.Timelines = append(table.Timelines, dynamodb.Timeline{Key: line.Key, Versions: versions})
	}
	return table, nil
}

func (l *loaded) versions(at string, line scenarios.Timeline) ([]dynamodb.Version, error) {
	var out []dynamodb.Version
	for n, v := range line.Versions {
		item, err := dynamodb.ItemOf(v.Item)
		if err != nil {
			return nil, l.Error(fmt.Sprintf("%s.versions[%d].item", at, n), err.Error(), "")
		}
		out = append(out, dynamodb.Version{After: time.Duration(v.After), Item: item})
	}
	return out, nil
}

// fillBuckets makes the scenario's buckets as the lab holds them, with the content of
// files.
func (l *loaded) fillBuckets() error {
	for i, b := range l.Buckets {
		bucket := s3.Bucket{Name: b.Name, Region: b.Region, MayList: b.MayList}
		for n, o := range b.Objects {
			body, err := l.content(o)
			if err != nil {
				return l.Error(fmt.Sprintf("buckets[%d].objects[%d].file", i, n), err.Error(), "")
			}
			object := s3.Object{Key: o.Key, Body: body, Header: http.Header{}}
			for name, value := range map[string]string{"Content-Type": o.ContentType, "Cache-Control": o.CacheControl} {
				if value != "" {
					object.Header.Set(name, value)
				}
			}
			bucket.Objects = append(bucket.Objects, object)
		}
		l.buckets = append(l.buckets, bucket)
	}
	return nil
}

// content is the content of an object; a file lies relative to the scenario's folder.
func (l *loaded) content(o scenarios.S3Object) ([]byte, error) {
	if o.Content != nil {
		return []byte(*o.Content), nil
	}
	path := o.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(l.dir, path)
	}
	return os.ReadFile(path)
}

// whole is the scenario with the content of its buckets' files in it.
func (l *loaded) whole() *scenarios.Scenario {
	s := *l.Scenario
	s.Buckets = slices.Clone(s.Buckets)
	for i, b := range l.buckets {
		s.Buckets[i].Objects = slices.Clone(s.Buckets[i].Objects)
		for n, o := range b.Objects {
			content := string(o.Body)
			s.Buckets[i].Objects[n].Content, s.Buckets[i].Objects[n].File = &content, ""
		}
	}
	return &s
}

// stores is where a scenario's tables and buckets are, as the front's function sees
// them: any AWS client finds them there too.
func stores(s *scenarios.Scenario, f lab.Served) string {
	var b strings.Builder
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "%-22s %-20s %s\n", "dynamodb "+t.Name, strings.Join(t.Regions, ", "), f.Endpoints["AWS_ENDPOINT_URL_DYNAMODB"])
	}
	for _, u := range s.Buckets {
		fmt.Fprintf(&b, "%-22s %-20s %s\n", "s3 "+u.Name, u.Region, f.Endpoints["AWS_ENDPOINT_URL_S3"])
	}
	return b.String()
}
