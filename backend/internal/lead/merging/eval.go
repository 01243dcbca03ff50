package merging

import (
	"slices"
	"strings"
	"time"

	"winnow/backend/internal/lead"
)

// part is a lead that takes part in a merge: what it shows, and whose own value each field is.
type part struct {
	id      string
	img     Image
	sources map[string]string
}

// sourceOf is whose own value a part shows in a field.
func (p part) sourceOf(field string) string {
	if s, ok := p.sources[field]; ok {
		return s
	}
	return p.id
}

// maxTags and maxCustom bound what a merged lead shows; the leads keep their own all the same.
const (
	maxTags   = 50
	maxCustom = 100
)

// combine works out what a merge shows: parts[0] is the survivor as it is so far.
func combine(parts []part, choices map[string]Choice) part {
	out := part{parts[0].id, Image{}, map[string]string{}}
	for _, f := range fieldsOf(parts) {
		c, chosen := choices[f]
		if chosen && c.Value != nil {
			out.img[f] = *c.Value
			out.sources[f] = "" // nobody's own
			continue
		}
		switch f {
		case fieldTags:
			out.img[f] = text(uniteTags(parts))
		case fieldActivity, fieldGrade:
			out.take(f, newest(parts, f))
		default:
			out.take(f, first(parts, f, c))
		}
	}
	out.boundCustom()
	return out
}

func (p part) take(field string, from *part) {
	if from == nil {
		return
	}
	if v, ok := from.img[field]; ok {
		p.img[field] = v
		p.sources[field] = from.sourceOf(field)
	}
}

func fieldsOf(parts []part) []string {
	seen := map[string]bool{}
	for _, p := range parts {
		for f := range p.img {
			seen[f] = true
		}
	}
	return sortedKeys(seen)
}

// first is the part whose value a field takes: the first of the choice's order that has one, else the first that has one.
func first(parts []part, field string, c Choice) *part {
	ordered := make([]*part, 0, len(parts))
	for _, id := range c.Order {
		if i := slices.IndexFunc(parts, func(p part) bool { return p.id == id }); i >= 0 {
			ordered = append(ordered, &parts[i])
		}
	}
	if c.Exact && len(ordered) > 0 {
		return ordered[0]
	}
	for i := range parts {
		ordered = append(ordered, &parts[i])
	}
	for _, p := range ordered {
		if p.img[field] != "" {
			return p
		}
	}
	return ordered[0]
}

// newest is the part with the latest time in a field that begins with one.
func newest(parts []part, field string) *part {
	var best *part
	var at time.Time
	for i := range parts {
		t := timeOf(field, parts[i].img[field])
		if parts[i].img[field] != "" && (best == nil || t.After(at)) {
			best, at = &parts[i], t
		}
	}
	return best
}

func timeOf(field, v string) time.Time {
	if field != fieldGrade {
		return parse[time.Time](v)
	}
	if at := parse[grade](v).AnalyzedAt; at != nil {
		return *at
	}
	return time.Time{}
}

// uniteTags are the tags of all parts, each once whatever its case.
func uniteTags(parts []part) []string {
	var out []string
	for _, p := range parts {
		for _, t := range parse[[]string](p.img[fieldTags]) {
			if len(out) < maxTags && !slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, t) }) {
				out = append(out, t)
			}
		}
	}
	return out
}

// boundCustom leaves out custom fields beyond the bound, from the end of the alphabet.
func (p part) boundCustom() {
	var names []string
	for f := range p.img {
		if strings.HasPrefix(f, lead.CustomPrefix) {
			names = append(names, f)
		}
	}
	if len(names) <= maxCustom {
		return
	}
	slices.Sort(names)
	for _, f := range names[maxCustom:] {
		delete(p.img, f)
		delete(p.sources, f)
	}
}

// apply makes a later edit on what is shown.
func (e Edit) apply(p part) {
	if e.Field != fieldTags {
		p.img.set(e.Field, e.Value)
		delete(p.sources, e.Field)
		return
	}
	tags := slices.DeleteFunc(parse[[]string](p.img[fieldTags]), func(t string) bool { return slices.Contains(e.Drop, t) })
	for _, t := range e.Add {
		if !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	delete(p.img, fieldTags)
	if len(tags) > 0 {
		p.img[fieldTags] = text(tags)
	}
}
