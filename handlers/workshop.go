package handlers

import (
	"context"
	"errors"
	"strings"

	"frontdoor/front"
)

// The functions of https://github.com/aws-samples/aws-lambda-edge-workshops (2018 to
// 2020) that need no table; card.go has the others.

// PrettyURL redirects six short addresses to their cards and hands the rest on.
func PrettyURL(_ context.Context, r front.Request) (front.Answer, error) {
	target, ok := map[string]string{
		"/r/music":    "/card/m1",
		"/r/tree":     "/card/t2",
		"/r/food":     "/card/f3",
		"/r/computer": "/card/c4",
		"/r/cat":      "/card/c5",
		"/r/beer":     "/card/b6",
	}[r.Path]
	if !ok {
		return forward(r)
	}
	return found(target), nil
}

// DeviceCSS gives viewers that CloudFront does not take for a desktop the style
// sheets below /css/mobile. CloudFront adds the header where the cache policy names
// it; without it everyone has a desktop.
func DeviceCSS(_ context.Context, r front.Request) (front.Answer, error) {
	desktop := r.Header.Get("CloudFront-Is-Desktop-Viewer")
	if file, ok := strings.CutPrefix(r.Path, "/css/"); ok && desktop != "" && desktop != "true" {
		r.Path = "/css/mobile/" + file
	}
	return forward(r)
}

// SecurityHeaders adds five header fields to what the origin or the cache answered.
// It is for the events of a response and fails on those of a request.
func SecurityHeaders(_ context.Context, r front.Request) (front.Answer, error) {
	if r.Upstream == nil {
		return front.Answer{}, errors.New("security-headers is for CloudFront's response events: this one has no response")
	}
	return front.Answer{Status: r.Upstream.Status, Header: secured(r.Upstream.Header)}, nil
}

// secured is h with the five fields of the workshop.
func secured(h front.Header) front.Header {
	fields := front.Header{
		{Name: "Strict-Transport-Security", Value: "max-age=31536000; includeSubDomains"},
		{Name: "Content-Security-Policy", Value: "default-src 'self'"},
		{Name: "X-XSS-Protection", Value: "1; mode=block"},
		{Name: "X-Content-Type-Options", Value: "nosniff"},
		{Name: "X-Frame-Options", Value: "DENY"},
	}
	for _, f := range fields {
		h = replaced(h, f.Name, f.Value)
	}
	return h
}
