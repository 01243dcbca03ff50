package feeds

import (
	"strings"

	"winnow/backend/internal/collect/page"
)

// ParseReddit reads listings: posts and comments. What was removed is left out and said. Next is the listing's "after".
func ParseReddit(d page.Document) (r page.Reading) {
	v, err := page.ParseJSON(d.Body)
	if err != nil {
		r.Unread(d, "The answer is no JSON: it was probably cut off.")
		return r
	}
	page.Objects(v, func(_ string, m map[string]any) bool {
		if page.Str(m["kind"]) == "Listing" {
			if after := page.GetStr(m, "data", "after"); after != "" && r.Next == "" {
				r.Next = after
			}
			return true
		}
		kind := page.Str(m["kind"])
		data, ok := m["data"].(map[string]any)
		if !ok || kind != "t3" && kind != "t1" {
			return true
		}
		reddit(data, &r)
		return true
	})
	return r
}

func reddit(data map[string]any, r *page.Reading) {
	p := post{method: "reddit", id: page.FirstStr(data, "name", "id"), author: page.Str(data["author"]), title: line(page.Str(data["title"])), at: unix(page.Str(data["created_utc"]))}
	p.text = page.Plain(page.FirstStr(data, "selftext", "body"))
	if removed(p.text) || removed(p.title) || page.Str(data["removed_by_category"]) != "" {
		r.Note("removed", "A post was removed and is left out: "+p.id)
		return
	}
	if p.title == "" && p.text == "" {
		r.Note("item_empty", "A post says nothing: "+p.id)
		return
	}
	if link := page.Str(data["permalink"]); link != "" {
		p.url = page.Resolve("https://www.reddit.com/", link)
	}
	if p.url == "" {
		p.url = page.Str(data["url"])
	}
	if sub := page.Str(data["subreddit"]); sub != "" {
		p.tags = append(p.tags, "r/"+sub)
	}
	r.Hit("post")
	r.Finds = append(r.Finds, p.find())
}

func removed(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "[removed]", "[deleted]", "[deleted by user]", "[removed by moderator]", "[ removed by reddit ]":
		return true
	}
	return false
}
