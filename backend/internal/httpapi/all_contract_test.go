package httpapi_test

import (
	"encoding/json"
	"mime"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	contractfile "winnow/api"
	"winnow/backend/internal/httpapi"
)

func contract(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(contractfile.OpenAPI)
	if err != nil {
		t.Fatalf("api/openapi.json: %v", err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatalf("api/openapi.json: %v", err)
	}
	return doc
}

func operations(doc *openapi3.T) map[string]*openapi3.Operation {
	out := map[string]*openapi3.Operation{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			out[method+" "+path] = op
		}
	}
	return out
}

// contractPath is a route as the contract writes it.
func contractPath(r httpapi.Route) string {
	parts := strings.Split(r.Path, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return r.Method + " " + strings.Join(parts, "/")
}

// TestTheContractListsTheRoutesThatThereAre: each route stands in api/openapi.json under its operation, and nothing else.
func TestTheContractListsTheRoutesThatThereAre(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ops := operations(contract(t))
	for _, r := range f.product.Server.Routes() {
		op := ops[contractPath(r)]
		switch {
		case op == nil:
			t.Errorf("%s is not in api/openapi.json; run: make generate", contractPath(r))
		case op.OperationID != r.Op:
			t.Errorf("%s is called %q in api/openapi.json, its operation is %q", contractPath(r), op.OperationID, r.Op)
		case op.Summary == "" || len(op.Tags) == 0:
			t.Errorf("%s has no summary or tag", r.Op)
		}
		delete(ops, contractPath(r))
	}
	for path := range ops {
		t.Errorf("%s is in api/openapi.json, but there is no such route", path)
	}
}

// TestAnswersKeepToTheContract holds every answer, good and bad, against what api/openapi.json says of it.
func TestAnswersKeepToTheContract(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ops := operations(contract(t))
	checked := 0
	for _, r := range f.product.Server.Routes() {
		op := ops[contractPath(r)]
		if op == nil || samples()[r.Op] == nil || r.Op == "ws.connect" {
			continue
		}
		for _, name := range []string{"spare", "user", "anon"} {
			c := f.callers[name]
			f.exec("DELETE FROM login_attempts")
			s := samples()[r.Op](f, c, f.newTree(f.ownerFor(c, r)))
			if r.Op == "auth.logout" || r.Op == "auth.logout_all" {
				c = f.callers["anon"]
			}
			a := f.by(c).play(r, s)
			if fault := keepsTo(op, a); fault != "" {
				t.Errorf("%s as %s answered %d: %s\n%.400s", r.Op, name, a.status, fault, a.body)
			}
			checked++
		}
	}
	t.Logf("%d answers", checked)
}

// keepsTo says in what an answer departs from the contract, "" if in nothing.
func keepsTo(op *openapi3.Operation, a answer) string {
	resp := op.Responses.Value(strconv.Itoa(a.status))
	if a.status == 401 || a.status == 403 { // follow from the permission table and need no line at each operation
		if !strings.HasPrefix(a.header.Get("Content-Type"), "application/problem+json") {
			return "the refusal is no problem document"
		}
		return ""
	}
	if resp == nil {
		return "no such status in the contract"
	}
	if len(resp.Value.Content) == 0 {
		if len(a.body) > 0 {
			return "the contract knows no body"
		}
		return ""
	}
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	isJSON := kind == "application/json" || kind == "application/problem+json"
	if !isJSON {
		if resp.Value.Content[kind] == nil {
			return "the contract knows no " + kind
		}
		return ""
	}
	media := resp.Value.Content["application/json"]
	if media == nil {
		media = resp.Value.Content[kind]
	}
	if media == nil || media.Schema == nil {
		return "the contract knows no JSON body"
	}
	var body any
	if err := json.Unmarshal(a.body, &body); err != nil {
		return err.Error()
	}
	if err := media.Schema.Value.VisitJSON(body, openapi3.MultiErrors()); err != nil {
		return err.Error()
	}
	return strange(media.Schema.Value, body, "")
}

// strange names the first field of a body that the schema does not know: readers would never see it.
func strange(s *openapi3.Schema, body any, at string) string {
	for _, part := range s.AllOf {
		if len(s.AllOf) == 1 {
			return strange(part.Value, body, at)
		}
	}
	switch v := body.(type) {
	case []any:
		if s.Items == nil {
			return ""
		}
		for _, item := range v {
			if f := strange(s.Items.Value, item, at+"[]"); f != "" {
				return f
			}
		}
	case map[string]any:
		if len(s.Properties) == 0 { // a free-form object
			return ""
		}
		for key, value := range v {
			p := property(s, key)
			if p == nil {
				return "the contract knows no " + at + "." + key
			}
			if f := strange(p, value, at+"."+key); f != "" {
				return f
			}
		}
	}
	return ""
}

func property(s *openapi3.Schema, key string) *openapi3.Schema {
	if p := s.Properties[key]; p != nil {
		return p.Value
	}
	for _, part := range s.AllOf {
		if p := property(part.Value, key); p != nil {
			return p
		}
	}
	return nil
}
