package linkedin

import (
	"regexp"
	"strings"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// book gathers the people of a page: what one way of reading knows of somebody is added to what another knows.
type book struct {
	reading *page.Reading
	list    []*entry
}

type entry struct {
	*page.Draft
	said string // the words that make this entry one of its own: somebody may comment twice
}

func (b *book) finds() (out []collect.Find) {
	for _, e := range b.list {
		out = append(out, e.Find)
	}
	return out
}

// person is the entry of somebody by profile, else by name.
func (b *book) person(name, address, method string) *entry {
	return b.saying(name, address, "", method)
}

// saying is the entry of somebody with what they said.
func (b *book) saying(name, address, said, method string) *entry {
	name, _ = normalise.Line(name)
	if masked(name) || name == "" || strings.EqualFold(name, "LinkedIn Member") {
		if name != "" {
			b.reading.Note("masked", "Somebody's name is hidden from this viewer: "+name)
		}
		return nil
	}
	canonical, kind, ok := normalise.LinkedIn(address)
	said = normalise.Fold(said)
	for _, e := range b.list {
		same := normalise.Fold(e.Get("name")) == normalise.Fold(name)
		if same && (said == "" || e.said == "" || said == e.said || strings.HasPrefix(e.said, said) || strings.HasPrefix(said, e.said)) {
			if ok && (kind == normalise.LinkedInPerson || kind == normalise.LinkedInSalesLead) {
				e.Put("linkedin_url", canonical, method, address)
			}
			if e.said == "" {
				e.said = said
			}
			return e
		}
	}
	e := &entry{Draft: page.NewDraft(""), said: said}
	if kind == normalise.LinkedInCompany {
		e.Line("company", name, method, "")
	} else {
		e.Line("name", name, method, "")
	}
	if ok && kind != normalise.LinkedInPost {
		e.Put("linkedin_url", canonical, method, address)
		e.Find.URL = address
	}
	b.list = append(b.list, e)
	return e
}

var (
	atCompany = regexp.MustCompile(`(?i)^(.{2,100}?)\s+(?:at|@|bei|chez|en|presso|bij|hos)\s+(.{2,80})$`)
	orgSuffix = regexp.MustCompile(`(?i)\b(gmbh|ag|ltd|limited|inc|llc|corp|plc|oy|ab|as|bv|nv|sa|sas|sarl|srl|spa|pvt|private limited|s\.a\.|group|technologies|labs|solutions|consulting)\.?$`)
)

// headline reads "COO at Sample Ltd | ex-Example": title and company, the whole line kept beside them.
func (e *entry) headline(line, method string) {
	line, _ = normalise.Line(line)
	if line == "" || masked(line) {
		return
	}
	e.Put("custom.headline", line, method, line)
	title, company := splitHeadline(line)
	e.Line("title", title, method, line)
	e.Line("company", company, method, line)
}

func splitHeadline(line string) (title, company string) {
	first := line
	for _, sep := range []string{" | ", " • ", " · ", " ‖ ", " || "} {
		first, _, _ = strings.Cut(first, sep)
	}
	first = strings.TrimSpace(first)
	if m := atCompany.FindStringSubmatch(first); m != nil && !strings.EqualFold(m[1], "student") {
		company, _, _ = strings.Cut(m[2], ", ")
		return strings.TrimRight(m[1], " ,-–"), company
	}
	if i := strings.LastIndex(first, ", "); i > 0 && orgSuffix.MatchString(first[i+2:]) {
		return first[:i], first[i+2:]
	}
	for _, sep := range []string{" - ", " – "} {
		if i := strings.LastIndex(first, sep); i > 0 && orgSuffix.MatchString(first[i+len(sep):]) {
			return first[:i], first[i+len(sep):]
		}
	}
	return first, ""
}

// when puts the time of a post or comment.
func (e *entry) when(t time.Time, method string) {
	if !t.IsZero() && e.Put("posted_at", t.UTC().Format(time.RFC3339), method, "") {
		e.Find.At = t
	}
}

// key names the find by the post or comment.
func (e *entry) key(urn string) {
	if urn != "" && e.Put("source_id", urn, "urn", urn) {
		e.Find.Key = urn
	}
}
