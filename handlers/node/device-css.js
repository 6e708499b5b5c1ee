// Viewers that are no desktop to CloudFront get the style sheets below /css/mobile.
"use strict";
const { headerOf, requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const desktop = headerOf(request, "cloudfront-is-desktop-viewer");
  if (desktop !== "" && desktop !== "true") request.uri = request.uri.replace(/^\/css\//, "/css/mobile/");
  return request;
});
