// GET: the Region of the function's own ARN, us-east-1 for every Lambda@Edge function.
"use strict";
const { onGet } = require("./lib/edge.js");

exports.handler = async (event, context) => onGet(event, { message: "Hello from " + context.invokedFunctionArn.split(":")[3] });
