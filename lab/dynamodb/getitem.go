package dynamodb

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
type getItemInput struct {
	TableName              string
	Key                    Item
	ConsistentRead         bool
	ReturnConsumedCapacity string
	ProjectionExpression   *string
	expressions
}

type getItemOutput struct {
	Item             Item      `json:",omitempty"`
	ConsumedCapacity *consumed `json:",omitempty"`
}

// getItem reads an item. One that is not there costs the least that a read costs.
func (c call) getItem(in getItemInput) (*getItemOutput, error) {
	ways, err := in.projection(in.ProjectionExpression)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	r, err := c.table(in.TableName)
	if err != nil {
		return nil, err
	}
	if err := r.of.Key.checkKey(in.Key); err != nil {
		return nil, err
	}
	r.begin(in.Key, c.now())
	c.progress(r.of, c.now())
	item := r.get(in.Key)
	units := c.read(item.Size(), in.ConsistentRead)
	return &getItemOutput{ways.of(item), capacity(in.ReturnConsumedCapacity, in.TableName, units)}, nil
}
