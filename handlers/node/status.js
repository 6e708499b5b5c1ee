// GET ?job_id=: how far a job is, and what a COMPLETE or an ERROR job has to tell.
"use strict";
const { attribute, endpoint, integer } = require("./lib/job.js");

exports.handler = endpoint("job_id", "MediaConvertJobIdToStatus", "JobId", (item) => {
  const told = { job_status: attribute(item, "JobStatus"), progress_rate: integer(item, "ProgressRate") };
  switch (told.job_status) {
    case "COMPLETE":
      Object.assign(told, { duration_ms: integer(item, "DurationMs"), width_px: integer(item, "WidthPx"), height_px: integer(item, "HeightPx") });
      return Object.assign(told, { output_path: attribute(item, "OutputPath"), playlists: attribute(item, "Playlists") });
    case "ERROR":
      return Object.assign(told, { error_code: integer(item, "ErrorCode"), error_message: attribute(item, "ErrorMessage") });
  }
  return told;
});
