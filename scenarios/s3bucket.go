package scenarios

import (
	"fmt"
	"strings"
)

// S3Bucket is an S3 bucket that the lab holds, with what is in it at the start.
type S3Bucket struct {
	Name    string
	Region  string
	MayList bool
	Objects []S3Object
}

func (b *S3Bucket) fields() []field {
	return []field{
		{name: "name", into: &b.Name, required: true, pattern: `^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`, want: "3 to 63 small letters, digits, dots and hyphens",
			doc: "The bucket's name, as handlers call it.", examples: []string{"reports"}},
		{name: "region", into: &b.Region, def: "us-east-1", pattern: regionPattern, want: regionWant,
			doc: "The AWS Region that the bucket is in."},
		{name: "may_list", into: &b.MayList, def: "false",
			doc: "Whether handlers may list the bucket. Without that S3 answers 403 and not 404 for a key that is not there."},
		{name: "objects", into: &b.Objects,
			doc: "The objects at the start."},
	}
}

// S3Object is an object, with its content here or in a file.
type S3Object struct {
	Key          string
	Content      *string
	File         string
	ContentType  string
	CacheControl string
}

func (o *S3Object) fields() []field {
	return []field{
		{name: "key", into: &o.Key, required: true, pattern: `^[^/]`, want: "a key that does not begin with a slash, such as css/main.css",
			doc: "The object's key: its path without the first slash."},
		{name: "content", into: &o.Content,
			doc: "The object's content, as text. Give either content or file."},
		{name: "file", into: &o.File, pattern: `\S`, want: "the path of a file",
			doc: "A file with the content, found from the scenario's folder. Give either content or file."},
		{name: "content_type", into: &o.ContentType, pattern: `^[^\s/]+/[^\r\n]+$`, want: "a media type such as text/html",
			derived: "binary/octet-stream, S3's own", doc: "The Content-Type that S3 answers with.", examples: []string{"text/html; charset=utf-8"}},
		{name: "cache_control", into: &o.CacheControl, pattern: `^[^\r\n]+$`, want: "text on one line",
			doc: "The Cache-Control that S3 answers with.", examples: []string{"max-age=3"}},
	}
}

func (o *S3Object) constrain(s *schema) {
	s.OneOf = []*schema{{Required: []string{"content"}}, {Required: []string{"file"}}}
}

// checkBuckets tests the rules between fields of buckets.
func (s *Scenario) checkBuckets(c *checker) {
	seen := map[string]string{}
	for i, b := range s.Buckets {
		at := fmt.Sprintf("buckets[%d]", i)
		if first, ok := seen[b.Name]; ok {
			c.fail(at+".name", fmt.Sprintf("%q is the name of %s too", b.Name, first), "a name of its own for each bucket")
		}
		seen[b.Name] = at
		if strings.Contains(b.Name, "..") {
			c.fail(at+".name", fmt.Sprintf("%q has two dots in a row", b.Name), "3 to 63 small letters, digits, dots and hyphens")
		}
		keys := map[string]string{}
		for n, o := range b.Objects {
			object := fmt.Sprintf("%s.objects[%d]", at, n)
			if first, ok := keys[o.Key]; ok {
				c.fail(object+".key", fmt.Sprintf("%q is the key of %s too", o.Key, first), "each key once")
			}
			keys[o.Key] = object
			switch content, file := o.Content != nil, o.File != ""; {
			case content && file:
				c.fail(object+".file", "content is given too", "either content or file")
			case !content && !file:
				c.fail(object, "has no content", "content, or the file that has it")
			}
		}
	}
}
