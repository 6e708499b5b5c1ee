package s3

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
)

// Error is an error as S3 answers it:
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
type Error struct {
	Code    string
	Message string
	Status  int
	details []detail
}

// detail is a further element of the answer, such as Key.
type detail struct{ name, value string }

func (e *Error) Error() string { return e.Code + ": " + e.Message }

func noSuchBucket(name string) *Error {
	return &Error{"NoSuchBucket", "The specified bucket does not exist", http.StatusNotFound, []detail{{"BucketName", name}}}
}

// noSuchKey is 403 for who may not list the bucket
// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, Permissions).
func noSuchKey(b *bucket, key string) *Error {
	if !b.MayList {
		return &Error{"AccessDenied", "Access Denied", http.StatusForbidden, nil}
	}
	return &Error{"NoSuchKey", "The specified key does not exist.", http.StatusNotFound, []detail{{"Key", key}}}
}

func keyTooLong() *Error {
	return &Error{"KeyTooLongError", "Your key is too long", http.StatusBadRequest, nil}
}

func preconditionFailed(condition string) *Error {
	return &Error{"PreconditionFailed", "At least one of the pre-conditions you specified did not hold", http.StatusPreconditionFailed,
		[]detail{{"Condition", condition}}}
}

func invalidRange(wanted string, size int) *Error {
	return &Error{"InvalidRange", "The requested range is not satisfiable", http.StatusRequestedRangeNotSatisfiable,
		[]detail{{"RangeRequested", wanted}, {"ActualObjectSize", strconv.Itoa(size)}}}
}

func badDigest(kind string) *Error {
	return &Error{"BadDigest", "The " + kind + " you specified did not match the calculated checksum.", http.StatusBadRequest, nil}
}

func incompleteBody(err error) *Error {
	return &Error{"IncompleteBody", err.Error(), http.StatusBadRequest, nil}
}

func noSuchUpload(id string) *Error {
	return &Error{"NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
		http.StatusNotFound, []detail{{"UploadId", id}}}
}

func invalidPart() *Error {
	return &Error{"InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
		http.StatusBadRequest, nil}
}

func invalidPartOrder() *Error {
	return &Error{"InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", http.StatusBadRequest, nil}
}

func entityTooSmall() *Error {
	return &Error{"EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", http.StatusBadRequest, nil}
}

func entityTooLarge() *Error {
	return &Error{"EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", http.StatusBadRequest, nil}
}

func malformedXML() *Error {
	return &Error{"MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", http.StatusBadRequest, nil}
}

// notServed refuses what S3 has and the lab has not.
func notServed(r *http.Request) *Error {
	query := r.URL.RawQuery
	if query != "" {
		query = "?" + query
	}
	return &Error{"NotImplemented", fmt.Sprintf("the lab's S3 does not serve %s %s%s", r.Method, r.URL.Path, query), http.StatusNotImplemented, nil}
}

// MarshalXML writes the error's elements in S3's order.
func (e *Error) MarshalXML(enc *xml.Encoder, start xml.StartElement) error {
	start.Name.Local = "Error"
	if err := enc.EncodeToken(start); err != nil {
		return err
	}
	for _, d := range append([]detail{{"Code", e.Code}, {"Message", e.Message}}, e.details...) {
		if err := enc.EncodeElement(d.value, xml.StartElement{Name: xml.Name{Local: d.name}}); err != nil {
			return err
		}
	}
	return enc.EncodeToken(start.End())
}
