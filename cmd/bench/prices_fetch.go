package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"frontdoor/pricing/offers"
)

// fetcher reads the bulk API: an index of offers, for each an index of Regions,
// for each the offer file.
type fetcher struct {
	base   *url.URL
	client *http.Client
}

// The limits keep a server that stalls or never ends from holding the command.
const (
	connectWithin = 10 * time.Second
	answerWithin  = 30 * time.Second
	fileWithin    = 15 * time.Minute
	largestIndex  = 64 << 20
	largestFile   = 4 << 30
)

func newFetcher(endpoint string) (*fetcher, error) {
	base, err := url.Parse(endpoint)
	if err != nil {
		return nil, err
	}
	if base.Scheme != "https" && base.Scheme != "http" || base.Host == "" {
		return nil, fmt.Errorf("%q: want a URL like %s", endpoint, priceEndpoint)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: connectWithin}).DialContext
	transport.ResponseHeaderTimeout = answerWithin
	f := &fetcher{base: base}
	f.client = &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if err := f.ours(r.URL); err != nil {
			return err
		}
		if len(via) >= 5 {
			return fmt.Errorf("%s redirects without end", base.Host)
		}
		return nil
	}}
	return f, nil
}

// locate is the paths of the offer files that bench reads, in the Regions
// asked for, and in words what the indexes lack.
func (f *fetcher) locate(ctx context.Context, regions []string) (files, missing []string, err error) {
	var index struct {
		Offers map[string]struct {
			Current string `json:"currentVersionUrl"`
			Regions string `json:"currentRegionIndexUrl"`
		} `json:"offers"`
	}
	if err := f.index(ctx, "/offers/v1.0/aws/index.json", &index); err != nil {
		return nil, nil, err
	}
	for _, source := range offers.Sources() {
		offer, ok := index.Offers[source.Code]
		switch {
		case !ok || source.Global && offer.Current == "" || !source.Global && offer.Regions == "":
			missing = append(missing, "offer "+source.Code)
		case source.Global:
			files = append(files, offer.Current)
		default:
			found, lacks, err := f.inRegions(ctx, source.Code, offer.Regions, regions)
			if err != nil {
				return nil, nil, err
			}
			files, missing = append(files, found...), append(missing, lacks...)
		}
	}
	return files, missing, nil
}

func (f *fetcher) inRegions(ctx context.Context, code, path string, regions []string) (files, missing []string, err error) {
	var index struct {
		Regions map[string]struct {
			Current string `json:"currentVersionUrl"`
		} `json:"regions"`
	}
	if err := f.index(ctx, path, &index); err != nil {
		return nil, nil, err
	}
	for _, region := range regions {
		if file := index.Regions[region].Current; file != "" {
			files = append(files, file)
		} else {
			missing = append(missing, fmt.Sprintf("offer %s in %s", code, region))
		}
	}
	return files, missing, nil
}

func (f *fetcher) index(ctx context.Context, path string, into any) error {
	return f.get(ctx, path, func(body io.Reader) error {
		if err := json.NewDecoder(io.LimitReader(body, largestIndex)).Decode(into); err != nil {
			return fmt.Errorf("read index %q of %s: %w", path, f.base.Host, err)
		}
		return nil
	})
}

func (f *fetcher) download(ctx context.Context, path, to string) error {
	return f.get(ctx, path, func(body io.Reader) error {
		file, err := os.Create(to)
		if err != nil {
			return err
		}
		n, err := io.Copy(file, io.LimitReader(body, largestFile+1))
		if cerr := file.Close(); err == nil {
			err = cerr
		}
		if err == nil && n > largestFile {
			err = fmt.Errorf("it is larger than %d bytes", int64(largestFile))
		}
		if err != nil {
			return fmt.Errorf("fetch %q from %s: %w: nothing was written", path, f.base.Host, err)
		}
		return nil
	})
}

// ours refuses another host: neither indexes nor redirects may lead to one.
func (f *fetcher) ours(at *url.URL) error {
	if at.Host != f.base.Host || at.Scheme != f.base.Scheme {
		return fmt.Errorf("%s leads to another host: %q", f.base.Host, at)
	}
	return nil
}

// get fetches a path of the endpoint.
func (f *fetcher) get(ctx context.Context, path string, use func(io.Reader) error) error {
	at, err := url.Parse(path)
	if err != nil {
		return fmt.Errorf("index of %s: %w", f.base.Host, err)
	}
	if at.Host == "" { // paths of the indexes begin where the endpoint ends, which may be a mirror's folder
		at = f.base.JoinPath(at.Path)
	}
	if err := f.ours(at); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, fileWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return err
	}
	answer, err := f.client.Do(request)
	if err != nil {
		return fmt.Errorf("%s cannot be reached, nothing was written: %w\nhint: download the offer files by other means, from %s/offers/v1.0/aws/AWSLambda/current/index.json and its like, and give them to bench prices import", f.base.Host, err, priceEndpoint)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s for %q: nothing was written", f.base.Host, answer.Status, path)
	}
	return use(answer.Body)
}
