package page

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// A pointer over a chart reads out the lines below it; without JavaScript there
// is nothing of it.
func TestReadOut(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	b, r := browser(t), sample(t)
	html := page(t, r)
	const readout = `[...document.querySelectorAll("#figure-percentiles .readout")].map((e) => e.textContent).join("|")`
	for _, noScript := range []bool{false, true} {
		var at struct{ X, Y float64 }
		var before, over, after string
		s := show(t, b, html, look{width: 1280, noScript: noScript},
			chromedp.Evaluate(`(() => { const s = document.querySelector("#figure-percentiles .wide svg"); s.scrollIntoView(); const r = s.getBoundingClientRect(); return { x: r.left + r.width / 2, y: r.top + r.height / 2 } })()`, &at),
			chromedp.Evaluate(readout, &before),
			chromedp.ActionFunc(func(ctx context.Context) error { return input.DispatchMouseEvent(input.MouseMoved, at.X, at.Y).Do(ctx) }),
			chromedp.Evaluate(readout, &over),
			chromedp.ActionFunc(func(ctx context.Context) error { return input.DispatchMouseEvent(input.MouseMoved, 2, at.Y).Do(ctx) }),
			chromedp.Evaluate(readout, &after))
		if len(s.Problems) > 0 {
			t.Errorf("%q", s.Problems)
		}
		if noScript {
			if before+over+after != "" {
				t.Errorf("without JavaScript the chart reads %q, %q, %q", before, over, after)
			}
			continue
		}
		if before != "" || after != "" || !strings.HasPrefix(over, "p9") {
			t.Errorf("the chart reads %q before, %q under and %q after the pointer", before, over, after)
		}
		for _, f := range r.Fronts {
			if !strings.Contains(over, f.ID+" ") {
				t.Errorf("%q does not name %s", over, f.ID)
			}
		}
	}
}
