package handlers

import "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

// Status answers GET ?job_id= with how far a job is: {"success": true, "job_status": S,
// "progress_rate": N}, and what a COMPLETE or an ERROR job has to tell besides.
func Status() Handler {
	return consuming(newEndpoint("job_id", "MediaConvertJobIdToStatus", "JobId", jobStatus).handle)
}

// told is one key of the answer: the attribute that it comes from, and how.
type told struct {
	key, attribute string
	read           func(item, string) (any, error)
}

func jobStatus(i item) ([]member, error) {
	keys := []told{{"job_status", "JobStatus", attribute}, {"progress_rate", "ProgressRate", integer}}
	switch status, _ := i["JobStatus"].(*types.AttributeValueMemberS); {
	case status == nil:
	case status.Value == "COMPLETE":
		keys = append(keys, told{"duration_ms", "DurationMs", integer}, told{"width_px", "WidthPx", integer}, told{"height_px", "HeightPx", integer},
			told{"output_path", "OutputPath", attribute}, told{"playlists", "Playlists", attribute})
	case status.Value == "ERROR":
		keys = append(keys, told{"error_code", "ErrorCode", integer}, told{"error_message", "ErrorMessage", attribute})
	}
	var members []member
	for _, t := range keys {
		value, err := t.read(i, t.attribute)
		if err != nil {
			return nil, err
		}
		members = append(members, member{t.key, value})
	}
	return members, nil
}
