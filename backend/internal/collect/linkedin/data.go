package linkedin

import (
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// parseData reads the normalised JSON of signed-in pages, whatever its path: by the shape of what stands in it.
func parseData(d page.Document, v any) (r page.Reading) {
	b := &book{reading: &r}
	b.data(v)
	r.Finds = b.finds()
	if len(r.Finds) == 0 {
		if n := totalOf(v); n > 0 {
			r.Changed = true
			r.Unread(d, "The answer speaks of "+strconv.Itoa(n)+" results and shows none that can be read.")
		}
	}
	return r
}

func totalOf(v any) (n int) {
	page.Objects(v, func(name string, m map[string]any) bool {
		if t, err := strconv.Atoi(page.Str(m["total"])); name == "paging" && err == nil {
			n = max(n, t)
		}
		return true
	})
	return n
}

func (b *book) data(v any) {
	page.Objects(v, func(_ string, m map[string]any) bool {
		switch {
		case m["commenter"] != nil && (m["commentary"] != nil || m["comment"] != nil || m["commentV2"] != nil):
			b.comment(m)
			return m["comments"] != nil
		case m["actor"] != nil && m["commentary"] != nil:
			b.update(m)
		case textOf(m["title"]) != "" && memberAddress(m) != "":
			b.result(m)
		case page.Str(m["firstName"]) != "" && (page.Str(m["lastName"]) != "" || m["publicIdentifier"] != nil):
			b.member(m)
			return false
		}
		return true
	})
}

// textOf is the text of {"text": …}, of {"text": {"text": …}}, or of a plain string.
func textOf(v any) string {
	for range 4 {
		if s := page.Str(v); s != "" {
			return strings.TrimSpace(s)
		}
		m, ok := v.(map[string]any)
		if !ok {
			return ""
		}
		v = m["text"]
	}
	return ""
}

func memberAddress(m map[string]any) string {
	for _, k := range []string{"navigationUrl", "actionTarget", "url"} {
		if a := page.Str(m[k]); isMember(a) {
			return a
		}
	}
	if a := page.GetStr(m, "navigationContext", "url"); isMember(a) {
		return a
	}
	if a := page.GetStr(m, "navigationContext", "actionTarget"); isMember(a) {
		return a
	}
	return ""
}

func isMember(a string) bool {
	_, kind, ok := normalise.LinkedIn(a)
	return ok && (kind == normalise.LinkedInPerson || kind == normalise.LinkedInSalesLead)
}

func firstText(m map[string]any, names ...string) string {
	for _, n := range names {
		if t := textOf(m[n]); t != "" {
			return t
		}
	}
	return ""
}

func (b *book) comment(m map[string]any) {
	who, _ := m["commenter"].(map[string]any)
	words := firstText(m, "commentary", "commentV2", "comment")
	name := firstText(who, "title", "name")
	if name == "" {
		name = strings.TrimSpace(deepStr(who, "firstName") + " " + deepStr(who, "lastName"))
	}
	e := b.saying(name, memberAddress(who), words, "data")
	if e == nil {
		return
	}
	b.reading.Hit("comment_data")
	e.headline(firstText(who, "subtitle", "headline", "occupation"), "data")
	e.Put("content", words, "data", words)
	e.when(millis(m["createdAt"]), "data")
	urn := page.FirstStr(m, "urn", "entityUrn")
	e.key(urn)
	if post := postOf(urn); post != "" {
		e.Put("url", "https://www.linkedin.com/feed/update/"+post, "data", urn)
	}
}

// deepStr is the first scalar of a name at or below m.
func deepStr(m map[string]any, name string) (found string) {
	page.Objects(m, func(_ string, o map[string]any) bool {
		if found == "" {
			found = page.Str(o[name])
		}
		return found == ""
	})
	return found
}

// postOf is the post in a comment's URN: urn:li:comment:(activity:732…,732…).
func postOf(urn string) string {
	for _, kind := range []string{"activity:", "ugcPost:", "share:"} {
		if _, id, ok := strings.Cut(urn, kind); ok {
			end := strings.IndexFunc(id, func(r rune) bool { return r < '0' || r > '9' })
			if end < 0 {
				end = len(id)
			}
			if end >= 15 {
				return "urn:li:" + kind + id[:end]
			}
		}
	}
	return ""
}

func millis(v any) time.Time {
	n, err := strconv.ParseInt(page.Str(v), 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	if n < 1e11 {
		return time.Unix(n, 0).UTC()
	}
	return time.UnixMilli(n).UTC()
}

func (b *book) update(m map[string]any) {
	who, _ := m["actor"].(map[string]any)
	words := textOf(m["commentary"])
	e := b.saying(firstText(who, "name", "title"), memberAddress(who), words, "data")
	if e == nil {
		return
	}
	b.reading.Hit("post_data")
	e.headline(firstText(who, "description", "subtitle"), "data")
	e.Put("content", words, "data", words)
	urn := page.GetStr(m, "updateMetadata", "urn")
	if urn == "" {
		urn = postOf(page.FirstStr(m, "entityUrn", "backendUrn", "urn"))
	}
	e.key(urn)
	if post := postOf(urn); post != "" {
		e.Put("url", "https://www.linkedin.com/feed/update/"+post, "data", urn)
	}
}

func (b *book) result(m map[string]any) {
	e := b.person(textOf(m["title"]), memberAddress(m), "data")
	if e == nil {
		return
	}
	b.reading.Hit("result_data")
	e.headline(firstText(m, "primarySubtitle", "subtitle", "headline"), "data")
	e.Line("location", firstText(m, "secondarySubtitle", "location"), "data", "")
	if s := firstText(m, "summary", "insight"); s != "" {
		e.Line("custom.summary", s, "data", s)
	}
}

func (b *book) member(m map[string]any) {
	address := ""
	if id := page.Str(m["publicIdentifier"]); id != "" {
		address = "https://www.linkedin.com/in/" + id
	}
	e := b.person(normalise.JoinName(page.Str(m["firstName"]), "", page.Str(m["lastName"])), address, "data")
	if e == nil {
		return
	}
	b.reading.Hit("member_data")
	e.headline(firstText(m, "headline", "occupation"), "data")
	e.Line("company", firstText(m, "companyName"), "data", "")
	e.Line("location", firstText(m, "geoLocationName", "locationName"), "data", "")
	e.Line("industry", firstText(m, "industryName"), "data", "")
	if s := firstText(m, "summary"); s != "" {
		e.Put("content", s, "data", s)
	}
}
