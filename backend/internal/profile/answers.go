package profile

import (
	"reflect"
	"slices"
	"strings"
)

// Answers are what somebody told about their business. Whatever is empty stays as the template has it.
type Answers struct {
	Name, Website, Category, OneLiner, Description string
	Features, NotOffered, Competitors              []string
	Email, Phone, Region                           string

	Industries, Geographies, DecisionMakers, Influencers, Exclusions, Languages []string
	MinEmployees, MaxEmployees                                                  *int
	QualifiedFrom                                                               string

	DropPains []string    // ids of the template's pains that do not apply
	Pains     []PainPoint // further pains; one with a template's id replaces it
}

// Compose writes the three documents (kind → YAML) of a template with the answers filled in. Documents that no answer
// touches are the template's own text. Faults: NotFound for the template, Invalid for an answer that does not fit.
func Compose(a Answers, template string) (map[string]string, error) {
	docs, err := TemplateFiles(template)
	if err != nil {
		return nil, err
	}
	before, err := Compile(template, 1, docs)
	if err != nil {
		return nil, err
	}
	after, err := Compile(template, 1, docs) // a second copy, to be changed
	if err != nil {
		return nil, err
	}
	a.company(&after.Company)
	a.audience(&after.Audience)
	a.pains(&after.PainPoints)
	for _, part := range []struct {
		kind          string
		before, after any
	}{
		{KindCompany, before.Company, after.Company}, {KindAudience, before.Audience, after.Audience}, {KindPainPoints, before.PainPoints, after.PainPoints},
	} {
		if reflect.DeepEqual(part.before, part.after) {
			continue
		}
		if docs[part.kind], err = write(part.kind, part.after); err != nil {
			return nil, err
		}
	}
	_, err = Compile(template, 1, docs)
	if err != nil {
		return nil, err
	}
	return docs, nil
}

// company fills in the answers. With a name of its own, what belongs to the template's invented company goes.
func (a Answers) company(c *Company) {
	if name := strings.TrimSpace(a.Name); name != "" && name != c.Name {
		c.Description = strings.ReplaceAll(c.Description, c.Name, name)
		c.OneLiner = strings.ReplaceAll(c.OneLiner, c.Name, name)
		c.Name, c.Website, c.Contact, c.Competitors, c.Pricing = name, "", nil, nil, nil
	}
	text(&c.Website, a.Website)
	text(&c.Category, a.Category)
	text(&c.OneLiner, a.OneLiner)
	text(&c.Description, a.Description)
	text(&c.DefaultRegion, strings.ToUpper(a.Region))
	texts(&c.Features, a.Features)
	texts(&c.NotOffered, a.NotOffered)
	texts(&c.Competitors, a.Competitors)
	for key, value := range map[string]string{"email": a.Email, "phone": a.Phone} {
		if value = strings.TrimSpace(value); value != "" {
			if c.Contact == nil {
				c.Contact = map[string]string{}
			}
			c.Contact[key] = value
		}
	}
}

func (a Answers) audience(u *Audience) {
	texts(&u.Industries, a.Industries)
	texts(&u.Geographies, a.Geographies)
	texts(&u.Seniority.DecisionMaker, a.DecisionMakers)
	texts(&u.Seniority.Influencer, a.Influencers)
	texts(&u.Exclusions, a.Exclusions)
	texts(&u.Languages, a.Languages)
	text(&u.QualifiedFrom, a.QualifiedFrom)
	if a.MinEmployees != nil {
		u.CompanySize.MinEmployees = *a.MinEmployees
	}
	if a.MaxEmployees != nil {
		u.CompanySize.MaxEmployees = *a.MaxEmployees
	}
}

func (a Answers) pains(p *PainPoints) {
	gone := slices.Clone(a.DropPains)
	for _, own := range a.Pains {
		gone = append(gone, own.ID)
	}
	p.PainPoints = slices.DeleteFunc(p.PainPoints, func(pain PainPoint) bool { return slices.Contains(gone, pain.ID) })
	p.PainPoints = append(p.PainPoints, a.Pains...)
}

func text(to *string, answer string) {
	if answer = strings.TrimSpace(answer); answer != "" {
		*to = answer
	}
}

func texts(to *[]string, answer []string) {
	if len(answer) > 0 {
		*to = answer
	}
}
