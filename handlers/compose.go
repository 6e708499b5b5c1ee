package handlers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"frontdoor/front"
)

// fetchLimit is how long a part may take. What a function fetches, the viewer waits
// for: at launch a function on an origin event had 3 s, one on a viewer event 1 s.
const fetchLimit = 2 * time.Second

// FetchCompose answers with a page made of two parts that it fetches from base, at
// once and not one after the other; 502 when one cannot be had.
func FetchCompose(base string) Handler {
	client := &http.Client{Timeout: fetchLimit}
	return func(ctx context.Context, _ front.Request) (front.Answer, error) {
		var head, foot string
		var headErr, footErr error
		done := make(chan struct{})
		go func() {
			defer close(done)
			head, headErr = fetch(ctx, client, base+"/parts/head.html")
		}()
		foot, footErr = fetch(ctx, client, base+"/parts/foot.html")
		<-done
		if headErr != nil || footErr != nil {
			return jsonAnswer(502, []byte(`{"error":"a part of the page could not be fetched"}`)), nil
		}
		return front.Answer{
			Status: 200,
			Header: front.Header{{Name: "Content-Type", Value: "text/html; charset=UTF-8"}},
			Body:   []byte(head + "<main>composed at the edge</main>\n" + foot),
		}, nil
	}
}

// fetch is the body of a 200.
func fetch(ctx context.Context, client *http.Client, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("fetch %q: status %d", url, resp.StatusCode)
	}
	return string(body), err
}
