package profile

import (
	"encoding/json"
	"fmt"
	"strings"

	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/config/yamldoc"
)

// Parse checks one document. file is its name in messages. The error is of kind Invalid; FaultsOf(err) lists every
// fault with its line and column. Unknown kinds are a fault as well.
func Parse(kind, file string, src []byte) (Document, error) {
	doc, faults := parse(kind, file, string(src))
	if len(faults) > 0 {
		return Document{}, invalid(faults)
	}
	return doc, nil
}

func parse(kind, file, text string) (Document, Faults) {
	doc := Document{Kind: kind, File: file, YAML: text}
	if kind != KindCompany && kind != KindAudience && kind != KindPainPoints {
		return doc, Faults{{File: file, Message: fmt.Sprintf("There is no document of kind %q.", kind), Hint: strings.TrimSpace("Use company, audience or pain_points." + suggest.Hint(kind, Kinds()))}}
	}
	root, faults := yamldoc.Parse(file, []byte(text))
	if root == nil {
		return doc, faults
	}
	if root.Kind == yamldoc.Null {
		return doc, append(faults, Fault{File: file, Line: 1, Column: 1, Message: "The document is empty.", Hint: "Fill it in, or start from a template with: winnow init"})
	}
	more, err := validate(kind, file, root)
	if err != nil {
		return doc, append(faults, Fault{File: file, Message: "The document cannot be checked: " + err.Error(), Hint: "This is a defect of the program; please report it."})
	}
	faults = append(faults, more...)
	if len(faults) > 0 {
		return doc, faults
	}
	if err := doc.decode(root); err != nil {
		return doc, Faults{{File: file, Message: "The document cannot be read: " + err.Error(), Hint: "Compare it with a template: winnow init"}}
	}
	return doc, doc.cross(root)
}

// decode fills the typed part from a tree that fits the schema.
func (d *Document) decode(root *yamldoc.Node) error {
	plain := root.Any()
	tidy(plain)
	m, _ := plain.(map[string]any)
	var to any
	switch d.Kind {
	case KindCompany:
		to = &d.Company
		mergeCompetitors(m)
		contactAsText(m, root)
		if pricing, ok := m["pricing"].(map[string]any); ok {
			d.Company.Pricing = pricing // not by way of JSON: 79 must not become 79.0
			delete(m, "pricing")
		}
	case KindAudience:
		to = &d.Audience
	default:
		to = &d.PainPoints
	}
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, to); err != nil {
		return err
	}
	if d.Kind == KindAudience && d.Audience.QualifiedFrom == "" {
		d.Audience.QualifiedFrom = DefaultQualifiedFrom
	}
	return nil
}

// tidy takes the white space from the ends of all texts; folded YAML texts carry a last newline.
func tidy(v any) {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			if s, ok := e.(string); ok {
				x[k] = strings.TrimSpace(s)
			}
			tidy(e)
		}
	case []any:
		for i, e := range x {
			if s, ok := e.(string); ok {
				x[i] = strings.TrimSpace(s)
			}
			tidy(e)
		}
	}
}

// mergeCompetitors reads competitors_fictional as competitors; both together are one list.
func mergeCompetitors(m map[string]any) {
	all, _ := m["competitors"].([]any)
	more, _ := m["competitors_fictional"].([]any)
	delete(m, "competitors_fictional")
	if len(more) > 0 {
		m["competitors"] = append(all, more...)
	}
}

// contactAsText makes each contact value the text as written: a phone number is not a sum.
func contactAsText(m map[string]any, root *yamldoc.Node) {
	entry := root.Get("contact")
	if entry == nil || entry.Node.Kind != yamldoc.Map {
		return
	}
	contact := make(map[string]any, len(entry.Node.Entries))
	for _, e := range entry.Node.Entries {
		contact[e.Key] = strings.TrimSpace(e.Node.Text)
	}
	m["contact"] = contact
}
