// The pages of experiment a or b: by the cookie, else by the viewer's address, so
// that a viewer stays in one although no cookie is set here.
"use strict";
const { cookieOf, requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const request = requestOf(event);
  let group = cookieOf(request, "experiment");
  if (group !== "a" && group !== "b") group = "ab"[(fnv1a(request.clientIp) >>> 16) & 1];
  request.uri = "/" + group + request.uri;
  return request;
});

// fnv1a: http://www.isthe.com/chongo/tech/comp/fnv/, 32 bits.
function fnv1a(s) {
  let h = 0x811c9dc5;
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193);
  return h;
}
