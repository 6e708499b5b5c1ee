package code

import (
	"fmt"

	"frontdoor/front"
)

// maxUnzipped is what Lambda unpacks at most, of a package that lies in S3: 250 MB.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const maxUnzipped = 250 << 20

// Check refuses a package that is too large behind a front of the kind. 50 MB is a
// limit of CloudFront's, and of uploads in the call itself; a function in a Region
// may have more out of S3, and bench puts all packages there.
func (p Package) Check(k front.Kind) error {
	door, err := front.Of(k)
	if err != nil {
		return err
	}
	if limit := door.Limits.PackageBytes; k.Edge() && int64(len(p.Zip)) > limit {
		return fmt.Errorf("the package has %d bytes zipped: CloudFront takes %d for kind %s", len(p.Zip), limit, k)
	}
	if p.Unzipped > maxUnzipped {
		return fmt.Errorf("the package has %d bytes unzipped: Lambda takes %d", p.Unzipped, int64(maxUnzipped))
	}
	return nil
}
