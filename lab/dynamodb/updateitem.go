package dynamodb

import (
	"slices"
	"strings"
)

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
type updateItemInput struct {
	TableName        string
	Key              Item
	UpdateExpression *string
	writeInput
}

func returnValues() []string {
	return []string{"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"}
}

// updateItem changes an item, or makes it of its key.
func (c call) updateItem(in updateItemInput) (*writeOutput, error) {
	u, err := in.update(in.UpdateExpression)
	if err != nil {
		return nil, err
	}
	fulfilled, err := in.condition("ConditionExpression", in.ConditionExpression)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if v := in.ReturnValues; v != "" && !slices.Contains(returnValues(), v) {
		return nil, validation("1 validation error detected: Value '%s' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [%s]",
			v, strings.Join(returnValues(), ", "))
	}
	r, err := c.table(in.TableName)
	if err != nil {
		return nil, err
	}
	key := r.of.Key
	if err := key.checkKey(in.Key); err != nil {
		return nil, err
	}
	for _, a := range key.attributes() {
		for _, way := range u.paths() {
			if way[0].name == a.Name {
				return nil, validation("One or more parameter values were invalid: Cannot update attribute %s. This attribute is part of the key", a.Name)
			}
		}
	}
	before := r.get(in.Key)
	if !fulfilled(before) {
		return c.write(r, in.writeInput, before, nil, false)
	}
	from := before
	if from == nil {
		from = in.Key
	}
	after, err := u.of(from)
	if err != nil {
		return nil, err
	}
	if after.Size() > maxItem {
		return nil, validation("Item size to update has exceeded the maximum allowed size")
	}
	out, err := c.write(r, in.writeInput, before, after, true)
	if err == nil {
		out.Attributes, err = in.returned(u, before, after)
	}
	return out, err
}

// returned is what ReturnValues asks for: of the item before or after, all of it or
// what the update names.
func (in updateItemInput) returned(u update, before, after Item) (Item, error) {
	switch in.ReturnValues {
	case "ALL_OLD":
		return before, nil
	case "ALL_NEW":
		return after, nil
	case "UPDATED_OLD":
		return projection(u.paths()).of(before), nil
	case "UPDATED_NEW":
		return projection(u.paths()).of(after), nil
	}
	return nil, nil
}
