package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// principal is whose policies decide: a user, or the role that a session is of. The
// account's owner may do everything, and the simulator does not take them.
func (r *Report) principal(ctx context.Context, client *iam.Client) (string, bool) {
	parts := strings.SplitN(r.ARN, ":", 6)
	if len(parts) < 6 {
		r.add("permissions", Unknown, "", "%q is no ARN", r.ARN)
		return "", false
	}
	name, rest, _ := strings.Cut(parts[5], "/")
	switch name {
	case "root":
		r.add("permissions", Warning, "use a role or a user with the policy of bench doctor --policy", "the account's root user may do everything, which a benchmark should not")
		return "", false
	case "user":
		return r.ARN, true
	case "assumed-role":
		role, _, _ := strings.Cut(rest, "/")
		// A session's ARN leaves the role's path out.
		if out, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &role}); err == nil {
			return aws.ToString(out.Role.Arn), true
		}
		return fmt.Sprintf("arn:%s:iam::%s:role/%s", parts[1], parts[4], role), true
	}
	r.add("permissions", Unknown, "compare with bench doctor --policy", "the simulator takes no caller such as %s", r.ARN)
	return "", false
}
