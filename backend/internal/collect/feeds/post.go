package feeds

import (
	"strings"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/website"
	"winnow/backend/internal/intake/normalise"
)

// post is something that somebody wrote, before it is a find.
type post struct {
	id, url, author, title, text, method string
	at                                   time.Time
	tags                                 []string
	made                                 bool // the place gave no id; this one is made of the address or the words
}

func (p post) find() collect.Find {
	d := page.NewDraft(p.url)
	if p.author != "" && !gone(p.author) {
		d.Line("name", p.author, p.method, "")
	}
	content := p.text
	if p.title != "" && !strings.HasPrefix(normalise.Fold(p.text), normalise.Fold(p.title)) {
		content = strings.TrimSpace(p.title + "\n\n" + p.text)
	}
	d.Put("content", content, p.method, content)
	d.Put("url", p.url, p.method, "")
	if !p.made {
		d.Line("source_id", p.id, p.method, "")
	}
	d.Find.Key = p.id
	if !p.at.IsZero() {
		d.Find.At = p.at
		d.Put("posted_at", p.at.Format(time.RFC3339), p.method, "")
	}
	for _, a := range website.Addresses(content) {
		d.Add("email", a, "text", a)
	}
	for _, t := range p.tags {
		d.Add("tags", t, p.method, "")
	}
	return d.Find
}

// gone are the authors of what was taken away.
func gone(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "[deleted]", "[removed]", "deleted", "[deleted by user]", "automoderator":
		return true
	}
	return false
}
