package feeds

import (
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// ParseHackerNews reads an answer of the Algolia search: stories and comments. Next is the number of the next page.
func ParseHackerNews(d page.Document) (r page.Reading) {
	v, err := page.ParseJSON(d.Body)
	if err != nil {
		r.Unread(d, "The answer is no JSON: it was probably cut off.")
		return r
	}
	hits, _ := page.Get(v, "hits").([]any)
	for _, e := range hits {
		h, _ := e.(map[string]any)
		p := post{method: "hn", id: page.Str(h["objectID"]), author: page.Str(h["author"]), title: line(page.Str(h["title"]))}
		p.text = page.Plain(page.FirstStr(h, "comment_text", "story_text", "text"))
		p.tags = []string{}
		if p.id == "" || (p.title == "" && p.text == "") {
			r.Note("item_empty", "A hit says nothing: "+p.id)
			continue
		}
		if parent := line(page.Str(h["story_title"])); p.title == "" && parent != "" {
			p.tags = append(p.tags, "re: "+strings.ReplaceAll(parent, ";", ","))
		}
		p.url = "https://news.ycombinator.com/item?id=" + p.id
		p.at = unix(page.Str(h["created_at_i"]))
		if t, _, bad := normalise.Date(page.Str(h["created_at"]), normalise.OrderUnknown); bad == nil {
			p.at = t
		}
		r.Hit("hit")
		f := p.find()
		if out := page.Str(h["url"]); out != "" {
			f.Fields["custom.link"] = out
		}
		r.Finds = append(r.Finds, f)
	}
	at, errAt := strconv.Atoi(page.GetStr(v, "page"))
	of, errOf := strconv.Atoi(page.GetStr(v, "nbPages"))
	if errAt == nil && errOf == nil && at+1 < of {
		r.Next = strconv.Itoa(at + 1)
	}
	return r
}

func unix(s string) time.Time {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n <= 0 || n > 1e11 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}
