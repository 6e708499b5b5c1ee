package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"frontdoor/front"
)

// The two functions of https://github.com/aws-samples/aws-lambda-edge-workshops that
// have a table, AlienCards in us-east-1.

var cardPath = regexp.MustCompile(`^/card/([A-Za-z0-9]+)$`)

// cardTemplate is HTML with {{id}}, {{description}} and {{likes}}. The workshop fetches
// it through the distribution itself; here it is part of the code.
const cardTemplate = `<!doctype html>
<title>Card {{id}}</title>
<h1>{{description}}</h1>
<p>{{likes}} likes</p>
`

// CardPage answers GET /card/ID with a page of a template and the card's item. It may
// be cached for 3 s, for which it has to run on origin-request: even that absorbs
// spikes. An unknown card is a 500, any other address goes on to the origin.
func CardPage() Handler {
	cards := newTable("AlienCards", "CardId", "us-east-1")
	return consuming(func(ctx context.Context, r front.Request) (front.Answer, error) {
		m := cardPath.FindStringSubmatch(r.Path)
		if m == nil {
			return forward(r)
		}
		card, err := cards.get(ctx, m[1])
		if err == nil && card == nil {
			err = fmt.Errorf("no card %q", m[1])
		}
		if err != nil {
			return cardAnswer(ctx, err)
		}
		page := strings.NewReplacer("{{id}}", m[1], "{{description}}", html.EscapeString(plainText(card["Description"])),
			"{{likes}}", plainText(card["Likes"])).Replace(cardTemplate)
		return front.Answer{
			Status: 200, Body: []byte(page),
			Header: secured(front.Header{{Name: "Cache-Control", Value: "max-age=3"}, {Name: "Content-Type", Value: "text/html;charset=UTF-8"}}),
		}, nil
	})
}

// Like answers POST ?id= with the card after its likes were counted up by one, in one
// atomic write: likes at the same time are all counted.
func Like() Handler {
	cards := newTable("AlienCards", "CardId", "us-east-1")
	return consuming(func(ctx context.Context, r front.Request) (front.Answer, error) {
		values, _ := parameters(r)
		switch id := values["id"]; {
		case r.Method != "POST":
			return securedJSON(400, []byte(`{"error":"Bad HTTP verb, expecting POST"}`)), nil
		case id == "":
			return securedJSON(400, []byte(`{"error":"Couldn't parse id parameter"}`)), nil
		default:
			card, err := cards.increment(ctx, id, "Likes")
			if err != nil {
				return cardAnswer(ctx, err)
			}
			return securedJSON(200, cardJSON(card)), nil
		}
	})
}

// cardAnswer is the 500 for a card that cannot be had. What went wrong is for the log.
func cardAnswer(ctx context.Context, err error) (front.Answer, error) {
	slog.ErrorContext(ctx, err.Error())
	return securedJSON(500, []byte(`{"error":"no such card"}`)), nil
}

func securedJSON(status int, body []byte) front.Answer {
	a := jsonAnswer(status, body)
	a.Header = secured(a.Header)
	return a
}

// cardJSON is an item of strings and numbers as JSON, its keys in order.
func cardJSON(card item) []byte {
	var members []string
	for name, v := range card {
		value := plainText(v)
		if _, isNumber := v.(*types.AttributeValueMemberN); !isNumber {
			value = quoted(value)
		}
		members = append(members, quoted(name)+":"+value)
	}
	slices.Sort(members)
	return []byte("{" + strings.Join(members, ",") + "}")
}

// quoted is s as JavaScript's JSON.stringify writes it.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string
	return strings.TrimSuffix(b.String(), "\n")
}

// plainText is a string or a number in text, "" for what is neither.
func plainText(v types.AttributeValue) string {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberN:
		return v.Value
	}
	return ""
}
