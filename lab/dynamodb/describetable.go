package dynamodb

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
type describeTableInput struct{ TableName string }

type describeTableOutput struct{ Table description }

type description struct {
	TableName            string
	TableArn             string
	TableStatus          string
	CreationDateTime     float64 // seconds since 1970
	AttributeDefinitions []attributeDefinition
	KeySchema            []keyElement
	ItemCount            int
	TableSizeBytes       int
	BillingModeSummary   billingMode
	GlobalTableVersion   string            `json:",omitempty"`
	Replicas             []replicaOfATable `json:",omitempty"`
}

type attributeDefinition struct {
	AttributeName string
	AttributeType Kind
}

type keyElement struct{ AttributeName, KeyType string }

type billingMode struct{ BillingMode string }

type replicaOfATable struct{ RegionName, ReplicaStatus string }

// describeTable costs nothing. AWS counts items about every six hours, the lab at
// once.
func (c call) describeTable(in describeTableInput) (*describeTableOutput, error) {
	r, err := c.table(in.TableName)
	if err != nil {
		if in.TableName != "" {
			err = describeNotFound(in.TableName)
		}
		return nil, err
	}
	out := description{
		TableName: in.TableName, TableArn: "arn:aws:dynamodb:" + c.region + ":123456789012:table/" + in.TableName,
		TableStatus: "ACTIVE", CreationDateTime: float64(r.of.created.UnixMilli()) / 1000,
		ItemCount: len(r.items), BillingModeSummary: billingMode{"PAY_PER_REQUEST"},
	}
	types := []string{"HASH", "RANGE"}
	for n, a := range r.of.Key.attributes() {
		out.AttributeDefinitions = append(out.AttributeDefinitions, attributeDefinition{a.Name, a.Kind})
		out.KeySchema = append(out.KeySchema, keyElement{a.Name, types[n]})
	}
	for _, v := range r.items {
		out.TableSizeBytes += v.item.Size()
	}
	if len(r.of.Regions) > 1 {
		out.GlobalTableVersion = "2019.11.21"
		for _, region := range r.of.Regions {
			if region != c.region {
				out.Replicas = append(out.Replicas, replicaOfATable{region, "ACTIVE"})
			}
		}
	}
	return &describeTableOutput{out}, nil
}
