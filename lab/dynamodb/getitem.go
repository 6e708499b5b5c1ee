package dynamodb

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
type getItemInput struct {
	TableName              string
	Key                    Item
	ConsistentRead         bool
	ReturnConsumedCapacity string
}

type getItemOutput struct {
	Item             Item      `json:",omitempty"`
	ConsumedCapacity *consumed `json:",omitempty"`
}

// getItem reads an item. One that is not there costs the least that a read costs.
func (c call) getItem(in getItemInput) (*getItemOutput, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, err := c.table(in.TableName)
	if err != nil {
		return nil, err
	}
	if err := r.of.Key.checkKey(in.Key); err != nil {
		return nil, err
	}
	item := r.get(in.Key)
	units := c.read(item.Size(), in.ConsistentRead)
	return &getItemOutput{item, capacity(in.ReturnConsumedCapacity, in.TableName, units)}, nil
}
