// GET on any path: what the Lambda console puts into a new function.
"use strict";
const { onGet } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => onGet(event, "Hello from Lambda!"));
