// GET ?input_file=: the id of the newest job of an uploaded file.
"use strict";
const { attribute, endpoint } = require("./lib/job.js");

exports.handler = endpoint("input_file", "MediaConvertInputFileToJobId", "InputFile", (item) => ({ job_id: attribute(item, "JobId") }));
