package publish

import (
	"fmt"
	"strings"
	"time"

	"frontdoor/akamai"
)

// Form is which handler runs.
type Form string

// The forms.
const (
	Head      Form = "head"
	Published Form = "published"
	Repaired  Form = "repaired"
)

// Config is the function's environment. The names, mixed case included, are the
// original's; those that begin with PUBLISH_ are of the repaired form, but for the first.
type Config struct {
	Form Form // PUBLISH_FORM

	Bucket, Path, File string // S3_Bucket, S3_PATH, S3_File: what the original publishes whatever the event says

	StorageHost    string // NS_HOSTNAME
	Account        string // NS_KEYNAME
	Key            string // NS_KEY
	CPCode         string // NS_CP
	APIHost        string // AO_API_HOST
	ClientToken    string // AO_CLIENT_TOKEN
	ClientSecret   string // AO_CLIENT_SECRET
	AccessToken    string // AO_ACCESS_TOKEN
	Host           string // PUBLISH_HOST: under which viewers know the objects, for purges by URL
	Action         akamai.Action
	Settle         time.Duration // PUBLISH_SETTLE: between upload and purge, for replicas to catch up
	TemporaryFiles string        // PUBLISH_TMP: where the original keeps its download; "" is /tmp
}

// FromEnvironment reads the configuration. The error names the variable.
func FromEnvironment(getenv func(string) string) (Config, error) {
	c := Config{
		Form: Form(getenv("PUBLISH_FORM")), Bucket: getenv("S3_Bucket"), Path: getenv("S3_PATH"), File: getenv("S3_File"),
		Host: getenv("PUBLISH_HOST"), Action: akamai.Action(getenv("PUBLISH_PURGE")), TemporaryFiles: getenv("PUBLISH_TMP"),
	}
	for _, v := range []struct {
		name string
		into *string
	}{
		{"NS_HOSTNAME", &c.StorageHost}, {"NS_KEYNAME", &c.Account}, {"NS_KEY", &c.Key}, {"NS_CP", &c.CPCode},
		{"AO_API_HOST", &c.APIHost}, {"AO_CLIENT_TOKEN", &c.ClientToken}, {"AO_CLIENT_SECRET", &c.ClientSecret}, {"AO_ACCESS_TOKEN", &c.AccessToken},
	} {
		if *v.into = getenv(v.name); *v.into == "" {
			return c, fmt.Errorf("variable %s is not set", v.name)
		}
	}
	switch c.Form {
	case Head, Published:
		if c.Bucket == "" || c.File == "" {
			return c, fmt.Errorf("variables S3_Bucket and S3_File: want both for the form %q", c.Form)
		}
	case Repaired:
		if c.Host == "" {
			return c, fmt.Errorf("variable PUBLISH_HOST is not set: want the host name of the URLs to purge")
		}
	default:
		return c, fmt.Errorf("variable PUBLISH_FORM: %q: want head, published or repaired", c.Form)
	}
	switch c.Action {
	case "":
		c.Action = akamai.Invalidate
	case akamai.Invalidate, akamai.Delete:
	default:
		return c, fmt.Errorf("variable PUBLISH_PURGE: %q: want invalidate or delete", c.Action)
	}
	if text := getenv("PUBLISH_SETTLE"); text != "" {
		var err error
		if c.Settle, err = time.ParseDuration(text); err != nil {
			return c, fmt.Errorf("variable PUBLISH_SETTLE: %w", err)
		}
	}
	if c.TemporaryFiles == "" {
		c.TemporaryFiles = "/tmp"
	}
	return c, nil
}

// base is a host as a URL: with the scheme, unless it names its own.
func base(scheme, host string) string {
	if strings.Contains(host, "://") {
		return host
	}
	return scheme + "://" + host
}

// store is the upload account. The original's kit is told not to use TLS.
func (c Config) store() akamai.NetStorage {
	scheme := "https"
	if c.Form != Repaired {
		scheme = "http"
	}
	return akamai.NetStorage{URL: base(scheme, c.StorageHost), Account: c.Account, Key: c.Key}
}

func (c Config) purger() akamai.FastPurge {
	return akamai.FastPurge{URL: base("https", c.APIHost), ClientToken: c.ClientToken, AccessToken: c.AccessToken, ClientSecret: c.ClientSecret}
}
