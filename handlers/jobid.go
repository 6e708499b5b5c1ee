package handlers

// JobID answers GET ?input_file= with the id of the newest job of an uploaded file:
// {"success": true, "job_id": ID}.
func JobID() Handler {
	return consuming(newEndpoint("input_file", "MediaConvertInputFileToJobId", "InputFile", func(i item) ([]member, error) {
		id, err := attribute(i, "JobId")
		return []member{{"job_id", id}}, err
	}).handle)
}
