package akamai

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// action is what a call may look like: its methods (kits use POST where the API's
// description has PUT) and its parameters beside version and action.
type action struct {
	methods []string
	params  []string
	do      func(s *Storage, c *call) (body string, r *refusal)
}

// call is one call that was found authentic.
type call struct {
	path   string // as sent
	name   string
	params url.Values
	body   []byte
}

// actions are those of the API that the lab does.
// https://techdocs.akamai.com/netstorage-usage/reference/api
func actions() map[string]action {
	write := []string{http.MethodPut, http.MethodPost}
	read := []string{http.MethodGet}
	return map[string]action{
		"upload":       {[]string{http.MethodPut}, []string{"size", "md5", "sha1", "sha256", "mtime", "index-zip"}, (*Storage).upload},
		"download":     {read, nil, (*Storage).download},
		"stat":         {read, []string{"format", "implicit", "encoding", "slash"}, (*Storage).stat},
		"dir":          {read, []string{"format", "prefix", "start", "end", "max_entries", "encoding", "slash"}, (*Storage).dir},
		"du":           {read, []string{"format", "encoding"}, (*Storage).du},
		"delete":       {write, nil, (*Storage).remove},
		"quick-delete": {write, []string{"quick-delete"}, (*Storage).quickDelete},
		"mtime":        {write, []string{"format", "mtime"}, (*Storage).setMTime},
		"rename":       {write, []string{"destination"}, (*Storage).rename},
		"mkdir":        {write, nil, nothing},
		"rmdir":        {write, nil, nothing},
	}
}

// maxUpload bounds what the lab keeps of one object, in bytes.
const maxUpload = 256 << 20

// ServeHTTP is the HTTP API.
func (s *Storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxUpload))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.meters.Calls++
	if r.Method == http.MethodPut {
		s.meters.UploadedBytes += int64(len(body))
	}
	var text string
	refused := refuse(400, "the body was cut short")
	if err == nil {
		text, refused = s.answer(r, body)
	}
	switch {
	case refused != nil:
		s.meters.Refused++
		http.Error(w, refused.why, refused.status)
	case r.Header.Get("X-Akamai-ACS-Action") != "" && r.Method == http.MethodPut && s.cfg.NoContent:
		w.WriteHeader(http.StatusNoContent)
	default:
		_, _ = io.WriteString(w, text) // a client that left
	}
}

func (s *Storage) answer(r *http.Request, body []byte) (string, *refusal) {
	if refused := s.authentic(r); refused != nil {
		return "", refused
	}
	c, a, refused := parseCall(r, body)
	if refused != nil {
		return "", refused
	}
	if s.cfg.Refuse != nil {
		if status := s.cfg.Refuse(c.name, c.path); status != 0 {
			return "", refuse(status, "%s", http.StatusText(status))
		}
	}
	return a.do(s, c)
}

// parseCall reads X-Akamai-ACS-Action. A known action with the wrong method is a 403,
// as Akamai says of a stat in a PUT; the rest is a 400.
func parseCall(r *http.Request, body []byte) (*call, action, *refusal) {
	params, err := url.ParseQuery(r.Header.Get("X-Akamai-ACS-Action"))
	if err != nil {
		return nil, action{}, refuse(400, "the action cannot be read: %v", err)
	}
	name := params.Get("action")
	a, ok := actions()[name]
	switch {
	case params.Get("version") != "1":
		return nil, a, refuse(400, "version is %q, not 1", params.Get("version"))
	case !ok:
		return nil, a, refuse(400, "action %q is none of those of the lab", name)
	case !slices.Contains(a.methods, r.Method):
		return nil, a, refuse(403, "%s in a %s", name, r.Method)
	}
	for param, values := range params {
		if param != "version" && param != "action" && !slices.Contains(a.params, param) || len(values) != 1 {
			return nil, a, refuse(400, "parameter %q is not one of %s, or comes twice", param, name)
		}
	}
	uri, _, _ := strings.Cut(r.RequestURI, "?")
	return &call{path: uri, name: name, params: params, body: body}, a, nil
}
