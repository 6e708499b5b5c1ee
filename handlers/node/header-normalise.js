// Condenses what a cache key may hold: Accept-Language to en or ja, Cookie to the
// cookies that the site reads.
"use strict";
const { cookieOf, joined, requestOf, setHeader } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const kept = ["experiment", "session"].map((name) => [name, cookieOf(request, name)]).filter(([, value]) => value !== "");
  setHeader(request, "Accept-Language", language(joined(request, "accept-language", ",")));
  setHeader(request, "Cookie", kept.map((pair) => pair.join("=")).join("; "));
  return request;
});

// language is the one of en and ja with the highest weight, the first of equals.
function language(accepted) {
  let best = "en", most = 0;
  for (const part of accepted.toLowerCase().split(",")) {
    const [tag, q] = part.trim().split(";q=");
    const weight = q === undefined ? 1 : Number(q) || 0;
    const primary = tag.split("-")[0];
    if ((primary === "en" || primary === "ja") && weight > most) [best, most] = [primary, weight];
  }
  return best;
}
