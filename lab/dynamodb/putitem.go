package dynamodb

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
type putItemInput struct {
	TableName string
	Item      Item
	writeInput
}

// writeInput is what PutItem and UpdateItem have in common.
type writeInput struct {
	ConditionExpression                 *string
	ReturnConsumedCapacity              string
	ReturnItemCollectionMetrics         string // of local secondary indexes, of which there are none
	ReturnValues                        string
	ReturnValuesOnConditionCheckFailure string
	expressions
}

type writeOutput struct {
	Attributes       Item      `json:",omitempty"`
	ConsumedCapacity *consumed `json:",omitempty"`
}

// putItem writes an item in place of the one with its key.
func (c call) putItem(in putItemInput) (*writeOutput, error) {
	fulfilled, err := in.condition("ConditionExpression", in.ConditionExpression)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if v := in.ReturnValues; v != "" && v != "NONE" && v != "ALL_OLD" {
		return nil, validation("ReturnValues can only be ALL_OLD or NONE")
	}
	r, err := c.table(in.TableName)
	if err != nil {
		return nil, err
	}
	if err := r.of.Key.checkItem(in.Item); err != nil {
		return nil, err
	}
	before := r.get(in.Item)
	out, err := c.write(r, in.writeInput, before, in.Item, fulfilled(before))
	if err == nil && in.ReturnValues == "ALL_OLD" {
		out.Attributes = before
	}
	return out, err
}

// write puts an item if its condition is fulfilled. The write is billed either way.
func (c call) write(r *replica, in writeInput, before, after Item, fulfilled bool) (*writeOutput, error) {
	if !fulfilled {
		c.written(r, before, before)
		if in.ReturnValuesOnConditionCheckFailure == "ALL_OLD" {
			return nil, conditionFailed(before)
		}
		return nil, conditionFailed(nil)
	}
	r.put(after, c.now())
	units := c.written(r, before, after)
	return &writeOutput{ConsumedCapacity: capacity(in.ReturnConsumedCapacity, r.of.Name, units)}, nil
}
