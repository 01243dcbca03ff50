package httpapi_test

import (
	"encoding/json"

	"winnow/backend/internal/account"
	"winnow/backend/internal/collect"
)

func sourceBody() map[string]any {
	return map[string]any{"kind": "indiamart", "name": "Enquiries", "config": map[string]any{"key": "a-key-of-nobody"}, "schedule": "@daily"}
}

// sourceFields are columns of the source that its body may rightly hold.
func sourceFields() []string {
	return []string{"kind", "name", "config", "schedule", "priority", "enabled", "owner_id", "tags", "caps"}
}

// newSource makes a source that is switched off, so that nothing outside is asked.
func (f *fixture) newSource() string {
	f.t.Helper()
	src, err := f.product.Sources.Create(account.With(f.t.Context(), account.System()), collect.Draft{Kind: "indiamart", Name: "Enquiries", Config: json.RawMessage(`{"key":"a-key-of-nobody"}`)})
	if err != nil {
		f.t.Fatal(err)
	}
	return src.ID
}
