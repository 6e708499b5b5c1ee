// GET: the status that health checks look at. A Lambda@Edge function has no
// variables, so the status is a constant.
"use strict";
const { onGet } = require("./lib/edge.js");
const { told } = require("./lib/told.js");
const STATUS = process.env.STATUS || "ok";

exports.handler = told(async (event) => onGet(event, { status: STATUS }));
