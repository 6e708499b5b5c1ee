// Phones get the object below /mobile, robots that below /plain.
"use strict";
const { headerOf, requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const agent = headerOf(request, "user-agent");
  if (/bot/i.test(agent)) request.uri = "/plain" + request.uri;
  else if (agent.includes("Mobi")) request.uri = "/mobile" + request.uri;
  return request;
});
