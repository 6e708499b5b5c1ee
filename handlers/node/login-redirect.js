// A viewer without the cookie "session" goes to /login first.
"use strict";
const { answer, cookieOf, requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const { uri, querystring } = request;
  if (cookieOf(request, "session") !== "" || uri === "/login" || uri.startsWith("/login/")) return request;
  const wanted = querystring === "" ? uri : uri + "?" + querystring;
  return answer(302, { Location: "/login?return=" + encodeURIComponent(wanted), "Cache-Control": "no-store" });
});
