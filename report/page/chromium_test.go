package page

import (
	"bytes"
	"context"
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/inspect.js
var inspect string

// browser starts one Chromium for a test and its subtests, which end it.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium, chromium-browser or google-chrome on the path: Debian's package is called chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(profile(t)), chromedp.WSURLReadTimeout(time.Minute))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, end := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(end)
	ctx, shut := chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); shut() }) // waits until the browser has ended
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// profile is a folder for a browser. Its helpers may write to it for a moment
// after it has ended, which t.TempDir would take for a failure.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "page-test-")
	check(t, err)
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("the browser still writes to %s", dir)
	})
	return dir
}

// look of a page: how somebody looks at it.
type look struct {
	width    int64
	dark     bool
	noScript bool
	open     bool // details are open
}

func (l look) String() string {
	parts := []string{map[int64]string{1280: "1280", 800: "800", 400: "400"}[l.width], "light", "script", "closed"}
	if l.dark {
		parts[1] = "dark"
	}
	if l.noScript {
		parts[2] = "no-script"
	}
	if l.open {
		parts[3] = "open"
	}
	return strings.Join(parts, "-")
}

// seen is what a browser makes of a page.
type seen struct {
	Problems   []string
	Drawings   int
	Texts      int
	Measured   int
	Least      float64
	Background string
}

// show opens a page in a tab of its own, inspects it and runs further actions.
func show(t *testing.T, browser context.Context, html string, l look, further ...chromedp.Action) seen {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	address := "file://" + file
	tab, cancel := chromedp.NewContext(browser)
	defer cancel()
	tab, stop := context.WithTimeout(tab, time.Minute)
	defer stop()
	heard := &complaints{address: address}
	chromedp.ListenTarget(tab, heard.listen)
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	var s seen
	actions := []chromedp.Action{
		log.Enable(), network.Enable(), audits.Enable(),
		emulation.SetDeviceMetricsOverride(l.width, 900, 1, false),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		emulation.SetScriptExecutionDisabled(l.noScript),
		chromedp.Navigate(address),
	}
	if l.open {
		actions = append(actions, chromedp.Evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true })`, nil))
	}
	actions = append(actions, chromedp.Evaluate(inspect, &s))
	if err := chromedp.Run(tab, append(actions, further...)...); err != nil {
		t.Fatal(err)
	}
	s.Problems = append(s.Problems, heard.all()...)
	return s
}

// complaints collects what the browser reports of a page: errors, what its
// policy refused, and requests to anything but itself.
type complaints struct {
	address string
	mu      sync.Mutex
	list    []string
}

func (c *complaints) listen(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError {
			c.add("log: " + e.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError {
			c.add("console: error")
		}
	case *runtime.EventExceptionThrown:
		c.add("exception: " + e.ExceptionDetails.Error())
	case *audits.EventIssueAdded:
		if e.Issue.Details.ContentSecurityPolicyIssueDetails != nil {
			c.add("policy: " + e.Issue.Details.ContentSecurityPolicyIssueDetails.ViolatedDirective)
		}
	case *network.EventRequestWillBeSent:
		if e.Request.URL != c.address && !strings.HasPrefix(e.Request.URL, "data:") {
			c.add("request: " + e.Request.URL)
		}
	}
}

func (c *complaints) add(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, text)
}

func (c *complaints) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.list
}

// looks are the ways of looking at a page.
func looks() []look {
	var list []look
	for _, width := range []int64{1280, 800, 400} {
		for _, dark := range []bool{false, true} {
			for _, noScript := range []bool{false, true} {
				list = append(list, look{width, dark, noScript, noScript})
			}
		}
	}
	return list
}

// The page is as it should be however it is looked at.
func TestInChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	b, r := browser(t), sample(t)
	html, drawn := page(t, r), len(drawings(r))
	if drawn == 0 {
		t.Fatal("the sample has no figures")
	}
	for _, l := range looks() {
		t.Run(l.String(), func(t *testing.T) {
			var shot []byte
			var further []chromedp.Action
			if folder := os.Getenv("PAGE_SHOTS"); folder != "" {
				further = append(further, chromedp.FullScreenshot(&shot, 100))
			}
			s := show(t, b, html, l, further...)
			for _, p := range s.Problems {
				t.Error(p)
			}
			if s.Drawings != drawn || s.Texts < 10*s.Drawings || s.Measured < 100 {
				t.Errorf("%d drawings with %d texts are shown of %d, contrast was measured of %d", s.Drawings, s.Texts, drawn, s.Measured)
			}
			if want := map[bool]string{false: "rgb(255, 255, 255)", true: "rgb(20, 23, 26)"}[l.dark]; s.Background != want {
				t.Errorf("the page's background is %s, want %s", s.Background, want)
			}
			if len(shot) > 0 {
				check(t, os.WriteFile(filepath.Join(os.Getenv("PAGE_SHOTS"), l.String()+".png"), shot, 0o600))
			}
		})
	}
}

// What the tests look for is found where it is.
func TestChromiumFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	b := browser(t)
	svg := func(inside string) string {
		return `<svg role="img" viewBox="0 0 300 100"><text x="10" y="50">here</text>` + inside + `</svg>`
	}
	for name, c := range map[string]struct{ html, want string }{
		"nothing":        {bare(t, svg(""), "<p>plain</p>"), ""},
		"overlap":        {bare(t, svg(`<text x="12" y="55">there</text>`), ""), "overlap: "},
		"cut drawing":    {bare(t, svg(`<text x="290" y="20">there</text>`), ""), "cut by its drawing: "},
		"small letters":  {bare(t, svg(`<text x="100" y="20" font-size="3">there</text>`), ""), "letters "},
		"pale letters":   {bare(t, svg(`<text x="100" y="20" fill="#999">there</text>`), ""), "contrast 2.85: "},
		"inline handler": {bare(t, svg(""), `<p onclick="x()">handler</p>`), "policy: script-src"},
		"inline style":   {bare(t, svg(""), `<p style="color:red">style</p>`), "policy: style-src"},
		"script":         {bare(t, svg(""), `<script>document.title = ""</script>`), "policy: script-src"},
		"picture":        {bare(t, svg(""), `<img alt="" src="http://127.0.0.1:9/x.png">`), "policy: img-src"},
		"wide table":     {bare(t, svg(""), `<table><tr><td>`+strings.Repeat("wide&nbsp;", 200)+`</table>`), "a table outside of a box that scrolls: "},
		"cut text":       {bare(t, svg(""), `<p>words<canvas width="3000"></canvas></p>`), "cut: <p> \"words\""},
		"refusal":        {bare(t, svg(""), `<p onclick="x()">handler</p>`), "log: "},
		"request":        {free(bare(t, svg(""), `<img alt="" src="http://127.0.0.1:9/x.png">`)), "request: http://127.0.0.1:9/x.png"},
		"exception":      {free(bare(t, svg(""), `<script>throw new Error("gone")</script>`)), "exception: "},
		"console":        {free(bare(t, svg(""), `<script>console.error("gone")</script>`)), "console: error"},
		"sideways":       {bare(t, svg(""), `<table><tr><td>`+strings.Repeat("wide&nbsp;", 200)+`</table>`), "the page scrolls sideways: "},
	} {
		t.Run(name, func(t *testing.T) {
			s := show(t, b, c.html, look{width: 800})
			if c.want == "" && len(s.Problems) > 0 {
				t.Errorf("problems of a page without any: %q", s.Problems)
			}
			if !strings.Contains(strings.Join(s.Problems, "\n"), c.want) {
				t.Errorf("%q is not among %q", c.want, s.Problems)
			}
		})
	}
}

// free takes a page's policy away.
func free(html string) string {
	return strings.Replace(html, `http-equiv="Content-Security-Policy"`, `name="policy"`, 1)
}

// bare is a page with one drawing, and with something added to its body.
func bare(t *testing.T, svg, added string) string {
	t.Helper()
	var buf bytes.Buffer
	check(t, render(&buf, sample(t), []drawing{{ID: "one", Title: "One", Wide: svg, Narrow: svg}}))
	return strings.Replace(buf.String(), "<main>", "<main>"+added, 1)
}
