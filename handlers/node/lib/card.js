// The table of the cards, and answers about them.
"use strict";
const { answer, secured } = require("./edge.js");

exports.table = { region: "us-east-1", TableName: "AlienCards" };
exports.keyOf = (id) => ({ CardId: { S: id } });
exports.text = (v) => (v && (v.S ?? v.N)) ?? "";
exports.json = (status, value) => answer(status, { "Content-Type": "application/json", ...secured }, value);
exports.html = (body) => answer(200, { "Cache-Control": "max-age=3", "Content-Type": "text/html;charset=UTF-8", ...secured }, body);

// missing is the 500 for a card that cannot be had. What went wrong is for the log.
exports.missing = (e) => {
  console.error(e.message);
  return exports.json(500, '{"error":"no such card"}');
};
