// GET /card/ID: a page of a template and the card's item, to be cached for 3 s, for
// which it has to run on origin-request.
"use strict";
const { requestOf } = require("./lib/edge.js");
const { call, ledger } = require("./lib/dynamodb.js");
const { html, keyOf, missing, table, text } = require("./lib/card.js");
const { told } = require("./lib/told.js");

const TEMPLATE = `<!doctype html>
<title>Card {{id}}</title>
<h1>{{description}}</h1>
<p>{{likes}} likes</p>
`;

exports.handler = told(async (event) => {
  const request = requestOf(event);
  const [, id] = /^\/card\/([A-Za-z0-9]+)$/.exec(request.uri) || [];
  if (id === undefined) return request;
  try {
    const { Item } = await call(table.region, "GetItem", { TableName: table.TableName, Key: keyOf(id) });
    if (Item === undefined) throw new Error(`no card "${id}"`);
    const fill = { id, description: escapeHTML(text(Item.Description)), likes: text(Item.Likes) };
    return html(TEMPLATE.replace(/{{(id|description|likes)}}/g, (_, name) => fill[name]));
  } catch (e) {
    return missing(e);
  }
}, ledger);

const escapeHTML = (s) => s.replace(/[&<>'"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;" })[c]);
