// GET on any path: what the Lambda console puts into a new function.
"use strict";
const { onGet } = require("./lib/edge.js");

exports.handler = async (event) => onGet(event, "Hello from Lambda!");
