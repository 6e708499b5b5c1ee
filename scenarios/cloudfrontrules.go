package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/gate"
)

// checkCloudFront tests what depends on the kind and on other fields.
func (f Front) checkCloudFront(c *checker, path string, s *Scenario) {
	for _, name := range []string{"cloudfront", "version"} {
		if c.given(path+"."+name) && !f.Kind.CloudFront() {
			c.fail(path+"."+name, fmt.Sprintf("kind %s is not one of CloudFront", f.Kind), "it with the edge kinds only")
			return
		}
	}
	f.checkCode(c, path)
	d := f.CloudFront
	if f.Lab() && !f.Kind.Answers() && (d == nil || d.Origin == nil) {
		c.fail(path, fmt.Sprintf("kind %s works on what an origin answers, and there is none", f.Kind), "cloudfront.origin")
	}
	if d == nil {
		return
	}
	path += ".cloudfront"
	d.checkCache(c, path)
	d.checkOrigin(c, path+".origin", f.ID, s)
	d.checkErrorPages(c, path)
	f.checkFunctions(c, path)
}

// checkCode: a CloudFront Function is a file of its own or a built-in handler's.
func (f Front) checkCode(c *checker, path string) {
	cff := f.Kind == front.CloudFrontFunction
	switch {
	case f.Code != "" && !cff:
		c.fail(path+".code", fmt.Sprintf("kind %s has no such setting", f.Kind), "it with kind cloudfront-function only")
	case cff && len(f.Command) > 0:
		c.fail(path, "a CloudFront Function is no program", "code, or a handler that has a version for CloudFront Functions")
	}
}

// checkCache: "minimum <= default <= maximum" is what CloudFront asks for.
func (d *CloudFront) checkCache(c *checker, path string) {
	if p := d.Cache; p != nil && (p.MinTTL > p.DefaultTTL || p.DefaultTTL > p.MaxTTL) {
		c.fail(path+".cache", fmt.Sprintf("has a minimum TTL of %s, a default of %s and a maximum of %s", p.MinTTL, p.DefaultTTL, p.MaxTTL), "minimum <= default <= maximum")
	}
	sets := [][]string{{"GET", "HEAD"}, {"GET", "HEAD", "OPTIONS"}, {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}}
	given := slices.Clone(d.Methods)
	slices.Sort(given)
	if d.Methods != nil && !slices.ContainsFunc(sets, func(set []string) bool { return slices.Equal(set, given) }) {
		c.fail(path+".methods", fmt.Sprintf("%s is not a choice that CloudFront has", strings.Join(d.Methods, ", ")), "GET and HEAD, these and OPTIONS, or all seven")
	}
}

func (d *CloudFront) checkOrigin(c *checker, path, own string, s *Scenario) {
	o := d.Origin
	if o == nil {
		return
	}
	if boolCount(o.Front != "", o.Bucket != "", o.Objects != nil) != 1 {
		c.fail(path, "is nothing, or more than one thing", "either front, bucket or objects")
	}
	if o.Bucket != "" && !slices.ContainsFunc(s.Buckets, func(b S3Bucket) bool { return b.Name == o.Bucket }) {
		c.fail(path+".bucket", fmt.Sprintf("%q is not the name of a bucket of the scenario", o.Bucket), "one of buckets")
	}
	if o.Front == "" {
		return
	}
	switch other, ok := s.Front(o.Front); {
	case !ok:
		c.fail(path+".front", fmt.Sprintf("%q is not the id of a front", o.Front), "the id of another front")
	case o.Front == own:
		c.fail(path+".front", "is the front itself", "the id of another front")
	case !other.Lab():
		c.fail(path+".front", fmt.Sprintf("%q is deployed, and the lab reaches no other address than its own", o.Front), "a front of the lab")
	case other.Kind.CloudFront():
		c.fail(path+".front", fmt.Sprintf("%q is a distribution too", o.Front), "a front in a Region")
	}
}

// checkErrorPages: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomErrorResponse.html
func (d *CloudFront) checkErrorPages(c *checker, path string) {
	codes := []int{400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}
	for i, p := range d.ErrorPages {
		at := fmt.Sprintf("%s.error_pages[%d]", path, i)
		switch {
		case !slices.Contains(codes, p.Code):
			c.fail(at+".code", strconv.Itoa(p.Code)+" is not a status that CloudFront has an error page for", "one of 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504")
		case slices.ContainsFunc(d.ErrorPages[:i], func(q ErrorPage) bool { return q.Code == p.Code }):
			c.fail(at+".code", strconv.Itoa(p.Code)+" has an error page already", "each status once")
		case (p.Path == "") != (p.Status == 0):
			c.fail(at, "has a path or a status alone", "both, or neither")
		}
	}
}

// checkFunctions: one function for each event, of one make on the viewer's side
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html),
// each within the limits of its event.
func (f Front) checkFunctions(c *checker, path string) {
	events := map[string]front.Kind{ownEvent(f.Kind): f.Kind}
	for i, one := range f.CloudFront.Functions {
		at := fmt.Sprintf("%s.functions[%d]", path, i)
		if given := boolCount(one.Handler != "", len(one.Command) > 0, one.Code != ""); given != 1 {
			c.fail(at, "is nothing to run, or more than one thing", "either handler, command or code")
		}
		if c.given(at+".runtime") && one.Handler == "" {
			c.fail(at+".runtime", "chooses the version of a built-in handler, and none is named", "it together with handler")
		}
		if one.Kind() == front.CloudFrontFunction && !strings.HasPrefix(one.Event, "viewer-") {
			c.fail(at+".event", fmt.Sprintf("%q is not an event of CloudFront Functions", one.Event), "viewer-request or viewer-response")
		}
		if _, twice := events[one.Event]; twice {
			c.fail(at+".event", fmt.Sprintf("%s has a function already", one.Event), "each event once")
			continue
		}
		events[one.Event] = one.Kind()
		f.checkFurther(c, at, one)
	}
	request, response := events["viewer-request"], events["viewer-response"]
	if request != "" && response != "" && request.Edge() != response.Edge() {
		c.fail(path+".functions", "combine CloudFront Functions and Lambda@Edge in viewer events, which CloudFront refuses", "the same of them at both")
	}
}

// checkHandlers wants built-in handlers that are known, where it is known which are.
func (f Front) checkHandlers(c *checker, path string, known []string) {
	named := map[string]string{path + ".handler": f.Handler}
	if f.CloudFront != nil {
		for i, one := range f.CloudFront.Functions {
			named[fmt.Sprintf("%s.cloudfront.functions[%d].handler", path, i)] = one.Handler
		}
	}
	for at, name := range named {
		if name != "" && len(known) > 0 && !slices.Contains(known, name) {
			c.fail(at, fmt.Sprintf("%q is not known%s", name, gate.DidYouMean(name, known)), "one of "+strings.Join(known, ", "))
		}
	}
}

func boolCount(list ...bool) (n int) {
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}

// checkFurther lets CloudFront look at a further function of Lambda@Edge.
func (f Front) checkFurther(c *checker, at string, one EdgeFunction) {
	if one.Kind() == front.CloudFrontFunction {
		return
	}
	further := f
	further.Kind, further.Timeout, further.Environment, further.Version = one.Kind(), one.Timeout, nil, ""
	if refusal := further.association(); refusal != "" {
		c.fail(at, "CloudFront refuses the association: "+strconv.Quote(refusal), "a function within the limits of "+one.Event)
	}
}

// association is CloudFront's refusal of the front's function, in its own words, ""
// for none. The ARN is as the lab would have it.
func (f Front) association() string {
	version := f.Version
	if version == "" {
		version = "1"
	}
	era := ""
	if f.CloudFront != nil {
		era = f.CloudFront.Era
	}
	var variables []string
	for name := range f.Environment {
		variables = append(variables, name)
	}
	err := front.CheckAssociation(f.Kind, front.FunctionConfig{
		ARN: fmt.Sprintf("arn:aws:lambda:%s:123456789012:function:bench-%s:%s", f.Region, f.ID, version), EnvVars: variables,
		MemoryMB: int(f.Memory), Timeout: time.Duration(f.Timeout), Architecture: f.Architecture, Era: era,
	})
	var refusal *front.AssociationError
	if errors.As(err, &refusal) {
		return refusal.Message
	}
	return ""
}
