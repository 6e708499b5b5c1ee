package reconciled

import "reflect"

// Written is the type that JSON writes, for the test that holds it to the schema.
func Written() reflect.Type { return reflect.TypeFor[data]() }
