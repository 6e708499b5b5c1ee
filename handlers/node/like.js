// POST ?id=: the card, after its likes were counted up by one in one atomic write.
"use strict";
const { parseQS, requestOf } = require("./lib/edge.js");
const { call, ledger } = require("./lib/dynamodb.js");
const { json, keyOf, missing, table, text } = require("./lib/card.js");
const { told } = require("./lib/told.js");

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const { id } = parseQS(request.querystring);
  if (request.method !== "POST") return json(400, '{"error":"Bad HTTP verb, expecting POST"}');
  if (id === undefined) return json(400, '{"error":"Couldn\'t parse id parameter"}');
  try {
    const { Attributes } = await call(table.region, "UpdateItem", {
      TableName: table.TableName, Key: keyOf(id), ReturnValues: "ALL_NEW",
      UpdateExpression: "SET Likes = Likes + :one", ExpressionAttributeValues: { ":one": { N: "1" } },
    });
    return json(200, cardJSON(Attributes));
  } catch (e) {
    return missing(e);
  }
}, ledger);

// cardJSON is an item of strings and numbers, its keys in order.
function cardJSON(card) {
  const members = Object.keys(card).map((name) => JSON.stringify(name) + ":" + (card[name].N ?? JSON.stringify(text(card[name]))));
  return "{" + members.sort().join(",") + "}";
}
