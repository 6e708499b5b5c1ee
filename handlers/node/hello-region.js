// GET: the Region of the function's own ARN, us-east-1 for every Lambda@Edge function.
"use strict";
const { onGet } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event, context) => onGet(event, { message: "Hello from " + context.invokedFunctionArn.split(":")[3] }));
