package linkedin

import (
	"strings"
	"time"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// post reads a public post: its author, and those who commented, each with what they wrote as proof.
func (b *book) post(p *page.Page, things []page.Thing) {
	address := ""
	for _, t := range things {
		if !t.Is("SocialMediaPosting", "DiscussionForumPosting", "Article", "VideoObject", "NewsArticle", "BlogPosting") || t.Inside("comment", "sharedContent") || isProfile(p) {
			continue
		}
		address = page.FirstStr(t.Props, "@id", "url", "mainEntityOfPage")
		text := page.FirstStr(t.Props, "articleBody", "text", "description", "headline")
		author := page.GetStr(t.Props, "author", "name")
		if author == "" {
			author = page.GetStr(t.Props, "creator", "name")
		}
		link := page.GetStr(t.Props, "author", "url")
		if e := b.saying(author, link, text, "json-ld"); e != nil {
			b.reading.Hit("post_json_ld")
			e.Put("content", page.Plain(text), "json-ld", text)
			e.when(moment(page.FirstStr(t.Props, "datePublished", "dateCreated", "uploadDate")), "json-ld")
			e.Put("url", address, "json-ld", "")
			if urn, kind, ok := normalise.LinkedIn(address); ok && kind == normalise.LinkedInPost {
				e.key(urn)
			}
			e.Line("custom.comments", page.Str(t.Props["commentCount"]), "json-ld", "")
			e.Line("custom.reactions", likes(t.Props["interactionStatistic"]), "json-ld", "")
		}
		for _, c := range many(t.Props["comment"]) {
			words := page.GetStr(c, "text")
			e := b.saying(page.GetStr(c, "author", "name"), page.GetStr(c, "author", "url"), words, "json-ld")
			if e == nil {
				continue
			}
			e.Put("content", page.Plain(words), "json-ld", words)
			e.when(moment(page.GetStr(c, "datePublished")), "json-ld")
			e.Put("url", address, "json-ld", "")
		}
	}
	if address == "" {
		address = p.Link("canonical")
	}
	b.comments(p, address)
}

func moment(s string) time.Time {
	t, _, bad := normalise.Date(s, normalise.OrderUnknown)
	if bad != nil {
		return time.Time{}
	}
	return t
}

func likes(v any) string {
	for _, s := range many(v) {
		if strings.HasSuffix(page.GetStr(s, "interactionType"), "LikeAction") || strings.HasSuffix(page.GetStr(s, "interactionType", "@type"), "LikeAction") {
			return page.GetStr(s, "userInteractionCount")
		}
	}
	return ""
}

// comments reads the comments that the page shows: each box with an author's link, a headline, and a text.
func (b *book) comments(p *page.Page, address string) {
	for _, a := range page.All(p.Root, isAuthor) {
		box := a
		for up := a.Parent; up != nil && up.Data != "body" && up.Data != "main"; up = up.Parent {
			if len(page.All(up, isAuthor)) > 1 {
				break
			}
			box = up
		}
		text := ""
		for _, n := range page.All(box, func(c *html.Node) bool {
			class := page.Attr(c, "class")
			return strings.Contains(class, "comment__text") || strings.Contains(class, "comment-text") || strings.Contains(class, "comment__body") || strings.Contains(class, "comment-item__main-content") || strings.Contains(class, "update-components-text")
		}) {
			if text == "" {
				text = page.Text(n)
			}
		}
		e := b.saying(page.TextLine(a), page.Attr(a, "href"), text, "comment")
		if e == nil {
			continue
		}
		b.reading.Hit("comment_box")
		if h := page.All(box, func(c *html.Node) bool {
			class := page.Attr(c, "class")
			return strings.Contains(class, "headline") || strings.Contains(class, "author-description") || strings.Contains(class, "comment__author-title")
		}); len(h) > 0 {
			e.headline(page.TextLine(h[0]), "comment")
		}
		e.Put("content", text, "comment", text)
		e.Put("url", address, "comment", "")
		for _, tm := range page.ByTag(box, "time") {
			e.when(moment(page.Attr(tm, "datetime")), "comment")
		}
	}
}

// isAuthor: a link to a member's profile in a place for authors of comments.
func isAuthor(n *html.Node) bool {
	if n.Data != "a" || page.TextLine(n) == "" {
		return false
	}
	_, kind, ok := normalise.LinkedIn(page.Attr(n, "href"))
	if !ok || kind != normalise.LinkedInPerson {
		return false
	}
	for up, i := n, 0; up != nil && i < 5; up, i = up.Parent, i+1 {
		if strings.Contains(page.Attr(up, "class"), "comment") {
			return true
		}
	}
	return false
}
