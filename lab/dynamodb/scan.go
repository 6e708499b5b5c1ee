package dynamodb

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
type scanInput struct {
	TableName              string
	Limit                  *int
	ExclusiveStartKey      Item
	ConsistentRead         bool
	FilterExpression       *string
	ProjectionExpression   *string
	Select                 string
	Segment, TotalSegments *int
	ReturnConsumedCapacity string
	expressions
}

type scanOutput struct {
	Items            *[]Item `json:",omitempty"` // absent when they were only to be counted
	Count            int
	ScannedCount     int
	LastEvaluatedKey Item      `json:",omitempty"`
	ConsumedCapacity *consumed `json:",omitempty"`
}

// maxPage is the bytes of items after which a page of a Scan ends, those that the
// filter leaves out included.
const maxPage = 1 << 20

// scan reads a page of items. It costs what it read and not what it returns.
func (c call) scan(in scanInput) (*scanOutput, error) {
	wanted, err := in.condition("FilterExpression", in.FilterExpression)
	if err != nil {
		return nil, err
	}
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
	if err := in.refuse(r.of.Key); err != nil {
		return nil, err
	}
	out, items, bytes := &scanOutput{}, []Item{}, 0
	for _, id := range r.from(in.ExclusiveStartKey) {
		if in.Limit != nil && out.ScannedCount == *in.Limit || bytes >= maxPage {
			break
		}
		item := r.items[id].item
		out.ScannedCount++
		bytes += item.Size()
		out.LastEvaluatedKey = r.of.Key.of(item)
		if wanted(item) {
			out.Count++
			items = append(items, ways.of(item))
		}
	}
	if limited := in.Limit != nil && out.ScannedCount == *in.Limit; !limited && bytes < maxPage {
		out.LastEvaluatedKey = nil // it came to the end
	}
	if in.Select != "COUNT" {
		out.Items = &items
	}
	out.ConsumedCapacity = capacity(in.ReturnConsumedCapacity, in.TableName, c.read(bytes, in.ConsistentRead))
	return out, nil
}

// refuse names what is wrong with the input, or what the lab does not serve.
func (in scanInput) refuse(key Key) error {
	switch {
	case in.Limit != nil && *in.Limit < 1:
		return validation("1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", *in.Limit)
	case in.Segment != nil && *in.Segment != 0 || in.TotalSegments != nil && *in.TotalSegments != 1:
		return validation("the lab's DynamoDB does not serve scans in segments")
	case in.Select != "" && in.Select != "COUNT" && in.Select != "ALL_ATTRIBUTES" && in.Select != "SPECIFIC_ATTRIBUTES":
		return validation("the lab's DynamoDB does not serve the value %q of the parameter \"Select\"", in.Select)
	}
	if in.ExclusiveStartKey != nil && key.checkKey(in.ExclusiveStartKey) != nil {
		return validation("The provided starting key is invalid: The provided key element does not match the schema")
	}
	return nil
}

// from is the ids that follow a key in the order of a Scan, all of them without one.
// The key need not be there any more.
func (r *replica) from(after Item) []string {
	ids := r.sorted()
	if after == nil {
		return ids
	}
	for n, id := range ids {
		if r.of.Key.compare(r.items[id].item, after) > 0 {
			return ids[n:]
		}
	}
	return nil
}
