package profile

import (
	"embed"
	"path"

	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/fault"
)

//go:embed templates
var templateFiles embed.FS

// DefaultTemplate is the profile of a workspace that has chosen none.
const DefaultTemplate = "manufacturing"

// Template is a ready profile to start from.
type Template struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

// Templates lists the templates that come with Winnow, in the order to show them.
func Templates() []Template {
	return []Template{
		{"manufacturing", "Selling to manufacturers and distributors", "Orders, stock, dispatch and payments: software or services for makers, wholesalers and importers."},
		{"saas", "Selling to software and online businesses", "Customer support and operations tools for SaaS, e-commerce, fintech and other online companies."},
		{"retail", "Selling to retailers", "Tills, stock, web shop and loyalty: software or services for shops and chains."},
		{"services", "Selling to service businesses", "Booking, scheduling and invoicing for clinics, home services, salons and practices."},
	}
}

// TemplateFiles is a template's three documents, kind → YAML. Faults: NotFound with the name that was probably meant.
func TemplateFiles(name string) (map[string]string, error) {
	docs := map[string]string{}
	names := make([]string, 0, len(Templates()))
	for _, t := range Templates() {
		names = append(names, t.Name)
		if t.Name != name {
			continue
		}
		for _, kind := range Kinds() {
			b, err := templateFiles.ReadFile(path.Join("templates", name, FileName(kind)))
			if err != nil {
				return nil, fault.Wrap(err, fault.Internal, "template_broken", "The template "+name+" lacks its "+kind+".")
			}
			docs[kind] = string(b)
		}
		return docs, nil
	}
	return nil, fault.Newf(fault.NotFound, "template_not_found", "There is no template %q.%s", name, suggest.Hint(name, names))
}
