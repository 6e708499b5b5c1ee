// A page made of two parts, fetched at once: what a function fetches, the viewer
// waits for. A Lambda@Edge function has no variables: change the constant.
"use strict";
const http = require("http");
const https = require("https");
const { answer, json } = require("./lib/edge.js");
const { told } = require("./lib/told.js");
const BASE = process.env.FETCH_BASE || "https://www.example.com";
const LIMIT = 2000; // ms

exports.handler = told(async () => {
  try {
    const [head, foot] = await Promise.all(["head", "foot"].map((part) => fetchText(`${BASE}/parts/${part}.html`)));
    return answer(200, { "Content-Type": "text/html; charset=UTF-8" }, head + "<main>composed at the edge</main>\n" + foot);
  } catch {
    return json(502, '{"error":"a part of the page could not be fetched"}');
  }
});

// fetchText is the body of a 200.
function fetchText(url) {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https:") ? https : http).get(url, { timeout: LIMIT }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part)).on("error", reject)
        .on("end", () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`status ${response.statusCode}`))));
    });
    request.on("timeout", () => request.destroy(new Error("timeout"))).on("error", reject);
  });
}
