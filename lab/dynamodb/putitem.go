package dynamodb

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
type putItemInput struct {
	TableName              string
	Item                   Item
	ReturnConsumedCapacity string
	ReturnValues           string
}

type writeOutput struct {
	Attributes       Item      `json:",omitempty"`
	ConsumedCapacity *consumed `json:",omitempty"`
}

// putItem writes an item in place of the one with its key.
func (c call) putItem(in putItemInput) (*writeOutput, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, err := c.table(in.TableName)
	if err != nil {
		return nil, err
	}
	if err := r.of.Key.checkItem(in.Item); err != nil {
		return nil, err
	}
	out := &writeOutput{}
	before := r.get(in.Item)
	switch in.ReturnValues {
	case "", "NONE":
	case "ALL_OLD":
		out.Attributes = before
	default:
		return nil, validation("Return values set to invalid value")
	}
	r.put(in.Item, c.now())
	units := c.written(r, before, in.Item)
	out.ConsumedCapacity = capacity(in.ReturnConsumedCapacity, in.TableName, units)
	return out, nil
}
