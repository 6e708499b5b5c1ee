package akamai

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// processed is what a call that changed something answers.
const processed = "<HTML>Request Processed</HTML>"

// upload stores the body if it is what the parameters say of it, else answers 412.
func (s *Storage) upload(c *call) (string, *refusal) {
	if s.uploads != nil && !s.uploads.Take(s.clock.Now(), 1) {
		return "", refuse(429, "too many uploads")
	}
	md, sha, sha2 := md5.Sum(c.body), sha1.Sum(c.body), sha256.Sum256(c.body)
	for param, is := range map[string]string{
		"size": strconv.Itoa(len(c.body)), "md5": hex.EncodeToString(md[:]),
		"sha1": hex.EncodeToString(sha[:]), "sha256": hex.EncodeToString(sha2[:]),
	} {
		if want := c.params.Get(param); c.params.Has(param) && !strings.EqualFold(want, is) {
			return "", refuse(412, "%s is %s, not %s", param, is, want)
		}
	}
	mtime, refused := c.mtime(s.clock.Now().Unix())
	if refused != nil {
		return "", refused
	}
	s.meters.Uploads++
	s.change(func(files map[string]file) { files[c.path] = file{c.body, mtime} })
	return processed, nil
}

// mtime is the parameter, or what stands in for it.
func (c *call) mtime(otherwise int64) (int64, *refusal) {
	if !c.params.Has("mtime") {
		return otherwise, nil
	}
	mtime, err := strconv.ParseInt(c.params.Get("mtime"), 10, 64)
	if err != nil || mtime < 0 {
		return 0, refuse(400, "mtime %q is not in seconds", c.params.Get("mtime"))
	}
	return mtime, nil
}

// found is the object of a call, by the first replica.
func (s *Storage) found(c *call) (file, *refusal) {
	f, ok := s.files[0][c.path]
	if !ok {
		return f, refuse(404, "%s is not there", c.path)
	}
	return f, nil
}

func (s *Storage) download(c *call) (string, *refusal) {
	f, refused := s.found(c)
	return string(f.body), refused
}

func (s *Storage) remove(c *call) (string, *refusal) {
	if _, refused := s.found(c); refused != nil {
		return "", refused
	}
	s.change(func(files map[string]file) { delete(files, c.path) })
	return processed, nil
}

// quickDelete removes a whole tree, for those who say the words.
func (s *Storage) quickDelete(c *call) (string, *refusal) {
	if c.params.Get("quick-delete") != "imreallyreallysure" {
		return "", refuse(400, "quick-delete is not imreallyreallysure")
	}
	s.change(func(files map[string]file) {
		maps.DeleteFunc(files, func(name string, _ file) bool { return name == c.path || strings.HasPrefix(name, c.path+"/") })
	})
	return processed, nil
}

func (s *Storage) setMTime(c *call) (string, *refusal) {
	f, refused := s.found(c)
	if refused != nil {
		return "", refused
	}
	if !c.params.Has("mtime") {
		return "", refuse(400, "mtime is missing")
	}
	if f.mtime, refused = c.mtime(0); refused != nil {
		return "", refused
	}
	s.change(func(files map[string]file) { files[c.path] = f })
	return processed, nil
}

func (s *Storage) rename(c *call) (string, *refusal) {
	f, refused := s.found(c)
	if refused != nil {
		return "", refused
	}
	to := (&url.URL{Path: c.params.Get("destination")}).EscapedPath()
	if cpCode(to) != cpCode(c.path) {
		return "", refuse(400, "destination %q is not below %s", to, cpCode(c.path))
	}
	s.change(func(files map[string]file) { delete(files, c.path); files[to] = f })
	return processed, nil
}

// nothing answers mkdir and rmdir: the lab has no empty directories.
func nothing(*Storage, *call) (string, *refusal) { return processed, nil }

// listing is the XML of stat and dir.
type listing struct {
	XMLName   xml.Name
	Directory string `xml:"directory,attr"`
	Files     []entry
}

type entry struct {
	XMLName xml.Name `xml:"file"`
	Type    string   `xml:"type,attr"`
	Name    string   `xml:"name,attr"`
	MTime   int64    `xml:"mtime,attr"`
	Size    int      `xml:"size,attr"`
	MD5     string   `xml:"md5,attr"`
}

func entryOf(name string, f file) entry {
	sum := md5.Sum(f.body)
	return entry{Type: "file", Name: path.Base(name), MTime: f.mtime, Size: len(f.body), MD5: hex.EncodeToString(sum[:])}
}

func (s *Storage) stat(c *call) (string, *refusal) {
	f, refused := s.found(c)
	if refused != nil {
		return "", refused
	}
	return listed("stat", path.Dir(c.path), []entry{entryOf(c.path, f)})
}

func (s *Storage) dir(c *call) (string, *refusal) {
	var entries []entry
	for _, name := range slices.Sorted(maps.Keys(s.files[0])) {
		if path.Dir(name) == strings.TrimSuffix(c.path, "/") {
			entries = append(entries, entryOf(name, s.files[0][name]))
		}
	}
	return listed("stat", strings.TrimSuffix(c.path, "/"), entries)
}

func listed(root, directory string, entries []entry) (string, *refusal) {
	text, err := xml.Marshal(listing{XMLName: xml.Name{Local: root}, Directory: directory, Files: entries})
	if err != nil {
		return "", refuse(500, "%v", err)
	}
	return `<?xml version="1.0" encoding="ISO-8859-1"?>` + "\n" + string(text), nil
}

func (s *Storage) du(c *call) (string, *refusal) {
	files, size := 0, 0
	for name, f := range s.files[0] {
		if strings.HasPrefix(name, strings.TrimSuffix(c.path, "/")+"/") {
			files, size = files+1, size+len(f.body)
		}
	}
	return fmt.Sprintf(`<?xml version="1.0" encoding="ISO-8859-1"?>`+"\n"+`<du directory=%q><du-info files="%d" bytes="%d"/></du>`, strings.TrimSuffix(c.path, "/"), files, size), nil
}
