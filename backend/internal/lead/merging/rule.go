package merging

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

// Rule says whose value a field takes when several leads have one.
type Rule string

// The rules. "" is RuleSurvivor.
const (
	RuleSurvivor Rule = "survivor"     // the survivor's
	RuleTrusted  Rule = "most_trusted" // from the source that is trusted most; what a person typed before all
	RuleNewest   Rule = "newest"       // the one that came last
	RuleLongest  Rule = "longest"
	RuleVerified Rule = "verified" // one that a person typed or that several sources agree on, then the most trusted
)

// Rules lists them.
func Rules() []Rule { return []Rule{RuleSurvivor, RuleTrusted, RuleNewest, RuleLongest, RuleVerified} }

// Valid reports whether r is one of Rules or "".
func (r Rule) Valid() bool { return r == "" || slices.Contains(Rules(), r) }

func ruleWords() string {
	words := make([]string, 0, len(Rules()))
	for _, r := range Rules() {
		words = append(words, string(r))
	}
	return strings.Join(words, ", ")
}

// Choosable reports whether people may say whose value a field takes; tags unite, and the grade is the newest analysis's.
func Choosable(field string) bool {
	if custom, ok := strings.CutPrefix(field, lead.CustomPrefix); ok {
		return lead.ValidCustomName(custom)
	}
	return slices.Contains(plain(), field) || slices.Contains([]string{fieldCompany, fieldSource, fieldStatus, fieldOwner, fieldValue, fieldPosted}, field)
}

// typeable reports whether a value may be typed in while merging: plain text that identifies nobody.
func typeable(field string) bool {
	return !identifies(field) && (slices.Contains(plain(), field) || strings.HasPrefix(field, lead.CustomPrefix))
}

// identifies reports whether a field's value can belong to one lead only.
func identifies(field string) bool {
	return slices.Contains([]string{"email", "phone", "linkedin_url"}, field)
}

// fact is what is known of where a lead's value came from.
type fact struct {
	source  string
	at      time.Time
	typed   bool
	sources map[string]bool
}

type factKey struct{ lead, field string }

// facts reads where the values that parts show came from.
func (s *Service) facts(tx *gorm.DB, f *forest, parts []part) (map[factKey]fact, error) {
	out := map[factKey]fact{}
	for _, p := range parts {
		var rows []lead.Provenance
		if err := tx.Where("lead_id = ?", p.id).Order("at, id").Find(&rows).Error; err != nil {
			return nil, fmt.Errorf("read provenance: %w", err)
		}
		for _, r := range rows {
			if v, ok := p.img[r.Field]; !ok || Readable(r.Field, v) != r.Value {
				continue
			}
			k := factKey{p.id, r.Field}
			was, seen := out[k]
			if !seen {
				was.sources = map[string]bool{}
			}
			if !seen || trust(r.Source) >= trust(was.source) {
				was.source = r.Source
			}
			was.at, was.typed = r.At.UTC(), was.typed || r.Source == lead.SourceUser
			was.sources[r.Source] = true
			out[k] = was
		}
		row := f.nodes[p.id].row
		for field := range p.img {
			if _, ok := out[factKey{p.id, field}]; !ok {
				out[factKey{p.id, field}] = fact{source: row.Source, at: row.CreatedAt.UTC()}
			}
		}
	}
	return out, nil
}

// trust ranks sources: people first, then what people say of themselves, then lists, then what was picked up on the way.
func trust(source string) int {
	ranks := map[string]int{
		lead.SourceUser: 100, "manual": 90, "website": 80, "linkedin": 75, "indiamart": 70, "google_maps": 60, "reddit": 20, lead.SourceSample: 0, "": 0,
	}
	if r, ok := ranks[source]; ok {
		return r
	}
	return 50 // files and programs
}

// choose works out whose value each field takes, where that is not the survivor's.
func (s *Service) choose(r Request, parts []part, known map[factKey]fact) (map[string]Choice, error) {
	out := map[string]Choice{}
	fields := fieldsOf(parts)
	for _, f := range slices.Sorted(maps.Keys(r.Picks)) {
		p := r.Picks[f]
		if p.Value == nil {
			out[f] = Choice{Order: lead1(p.LeadID, parts), Exact: true}
			continue
		}
		v, problem := s.Leads.CleanText(f, *p.Value)
		if problem != "" {
			return nil, fault.InvalidFields("merge_invalid", "Nothing was merged.", fault.Field{Name: "fields." + f, Code: "value_wrong", Message: problem})
		}
		out[f] = Choice{Value: &v}
	}
	for _, f := range fields {
		if _, done := out[f]; done || !Choosable(f) {
			continue
		}
		rule := r.Rules[f]
		if rule == "" {
			rule = r.Rule
		}
		if order := ordered(f, rule, parts, known); !slices.Equal(order, lead1(parts[0].id, parts)) {
			out[f] = Choice{Order: order}
		}
	}
	return out, nil
}

// lead1 are the ids of parts with one of them first.
func lead1(first string, parts []part) []string {
	out := []string{first}
	for _, p := range parts {
		if p.id != first {
			out = append(out, p.id)
		}
	}
	return out
}

// ordered are the ids of parts, the one whose value a field should take first. Parts that are equal keep their order.
func ordered(field string, rule Rule, parts []part, known map[factKey]fact) []string {
	rank := ranker(field, rule, parts, known)
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b part) int { return slices.Compare(rank(b), rank(a)) })
	out := make([]string, len(sorted))
	for i, p := range sorted {
		out[i] = p.id
	}
	return out
}

func ranker(field string, rule Rule, parts []part, known map[factKey]fact) func(part) []int64 {
	fact := func(p part) fact { return known[factKey{p.id, field}] }
	has := func(p part) int64 { return bit(p.img[field] != "") }
	restricts := func(p part) int64 { return bit(restrictive(field, p.img[field])) }
	if field == fieldSource { // who deletes the samples must not delete a real lead with them
		restricts = func(p part) int64 { return bit(parse[source](p.img[field]).Source != lead.SourceSample) }
	}
	by := func(more func(part) []int64) func(part) []int64 {
		return func(p part) []int64 { return append([]int64{restricts(p), has(p)}, more(p)...) }
	}
	switch {
	case field == fieldStatus:
		return func(p part) []int64 { return statusRank(p, parts) }
	case rule == RuleTrusted:
		return by(func(p part) []int64 { return []int64{int64(trust(fact(p).source))} })
	case rule == RuleNewest:
		return by(func(p part) []int64 { return []int64{fact(p).at.UnixMicro()} })
	case rule == RuleLongest:
		return by(func(p part) []int64 { return []int64{int64(utf8.RuneCountInString(Readable(field, p.img[field])))} })
	case rule == RuleVerified:
		return by(func(p part) []int64 {
			k := fact(p)
			return []int64{bit(k.typed), bit(len(k.sources) > 1), int64(trust(k.source))}
		})
	case rule == "" && field == "content": // the text that the standing analysis quotes
		return by(func(p part) []int64 { return []int64{timeOf(fieldGrade, p.img[fieldGrade]).UnixMicro()} })
	}
	return by(func(part) []int64 { return nil })
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// statusRank prefers what people have done with a lead to what analyses say, and the further to the nearer: nobody is to
// be written to for the first time twice.
func statusRank(p part, parts []part) []int64 {
	far := map[lead.Status]int64{lead.StatusWon: 5, lead.StatusReplied: 4, lead.StatusContacted: 3, lead.StatusLost: 2, lead.StatusArchived: 1}
	judged := newest(parts, fieldGrade)
	return []int64{far[parse[status](p.img[fieldStatus]).Status], bit(judged != nil && judged.id == p.id)}
}

// restrictive reports whether a custom field says that somebody must not be contacted: that wins, whatever the rule.
func restrictive(field, v string) bool {
	name, ok := strings.CutPrefix(field, lead.CustomPrefix)
	if !ok {
		return false
	}
	name = strings.NewReplacer("_", "", "-", "", " ", "", "'", "", "’", "").Replace(strings.ToLower(name))
	for _, word := range []string{"donot", "dont", "dnc", "optout", "optedout", "unsubscrib", "suppress", "blacklist", "blocklist"} {
		if strings.Contains(name, word) {
			return !slices.Contains([]string{"", "0", "no", "n", "false", "f", "off", "none"}, strings.ToLower(strings.TrimSpace(v)))
		}
	}
	return false
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// Field is a field of a merge: what the survivor shows, whose value that is, and what each lead had.
type Field struct {
	Name   string
	Value  string
	From   string // lead; "" when it was typed in
	Rule   Rule   // "" when it was chosen by hand, or unites
	Clash  bool   // the leads had different values
	Values []Value
}

// Value is what one lead had in a field, and where that came from.
type Value struct {
	LeadID string
	Value  string
	Source string
	At     time.Time
}

func fieldsFor(r Request, parts []part, after part, known map[factKey]fact) []Field {
	var out []Field
	for _, name := range fieldsOf(parts) {
		if name == fieldActivity {
			continue
		}
		f := Field{Name: name, Value: Readable(name, after.img[name]), From: after.sourceOf(name), Rule: cmp.Or(r.Rules[name], r.Rule, RuleSurvivor)}
		if _, picked := r.Picks[name]; picked || !Choosable(name) {
			f.Rule = ""
		}
		distinct := map[string]bool{}
		for _, p := range parts {
			v, ok := p.img[name]
			if !ok {
				continue
			}
			distinct[Readable(name, v)] = true
			k := known[factKey{p.id, name}]
			f.Values = append(f.Values, Value{p.id, Readable(name, v), k.source, k.at})
		}
		f.Clash = len(distinct) > 1
		out = append(out, f)
	}
	return out
}
