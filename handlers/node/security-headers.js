// Adds five header fields to what the origin or the cache answered.
"use strict";
const { secured } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const { response } = event.Records[0].cf;
  for (const [key, value] of Object.entries(secured)) response.headers[key.toLowerCase()] = [{ key, value }];
  return response;
});
