// POST /: one of seven meditations, github.com/f0rk/meditations.
"use strict";
const { answer, json, requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

const MEDITATIONS = [
  "off to a regex/",
  "the count of machines abides",
  "you wouldn't fax a bat",
  "HAZARDOUS CHEMICALS + RKELLY",
  "your solution requires a blood eagle",
  "testing is broken because I'm lazy",
  "did u mention banana cognac shower",
];

exports.handler = told(async (event, context) => {
  const request = requestOf(event);
  if (request.uri !== "/") return json(404, '{"status":"error","message":"not found"}');
  if (request.method !== "POST") {
    return answer(405, { "Content-Type": "application/json", Allow: "POST" }, '{"status":"error","message":"method not allowed"}');
  }
  console.info(`received request with id '${context.awsRequestId}'`);
  const meditation = MEDITATIONS[Math.floor(Math.random() * MEDITATIONS.length)];
  return json(200, JSON.stringify({ status: "success", meditation }));
});
