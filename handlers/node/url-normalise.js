// Gives pages that are the same one address: slashes once, no index.html, parameters
// in order and none that only tell where the viewer came from.
"use strict";
const { requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

const nameOf = (pair) => pair.split("=", 1)[0];
const tracking = (name) => name.startsWith("utm_") || name === "gclid" || name === "fbclid";
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

exports.handler = told(async (event) => {
  const request = requestOf(event);
  request.uri = request.uri.replace(/\/{2,}/g, "/").replace(/\/index\.html$/, "/");
  request.querystring = request.querystring.split("&")
    .filter((pair) => pair !== "" && !tracking(nameOf(pair)))
    .sort((a, b) => compare(nameOf(a), nameOf(b)))
    .join("&");
  return request;
});
