// Six short addresses lead to their cards; the rest goes on.
"use strict";
const { answer, requestOf } = require("./lib/edge.js");
const { told } = require("./lib/told.js");

const CARDS = new Map([
  ["/r/music", "/card/m1"],
  ["/r/tree", "/card/t2"],
  ["/r/food", "/card/f3"],
  ["/r/computer", "/card/c4"],
  ["/r/cat", "/card/c5"],
  ["/r/beer", "/card/b6"],
]);

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const card = CARDS.get(request.uri);
  return card ? answer(302, { Location: card }) : request;
});
