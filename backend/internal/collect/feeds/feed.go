package feeds

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

const maxItems = 5000

// ParseFeed reads RSS, Atom, RDF and JSON feeds. An item's name is its guid, else its address, else a hash of what it says.
func ParseFeed(d page.Document) (r page.Reading) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(mendXML(d.Body)))
	if err != nil {
		r.Unread(d, "The feed is broken: "+page.Snippet(err.Error()))
		return r
	}
	base := f.Link
	if d.URL != "" {
		base = d.URL
	}
	for i, it := range f.Items {
		if i >= maxItems {
			r.Note("too_many", "The feed has more than 5,000 items; the rest was left out.")
			break
		}
		p := post{method: f.FeedType, title: line(it.Title), url: address(base, it), at: itemTime(it, &r)}
		p.text = page.Plain(longer(it.Content, it.Description))
		p.author = author(it)
		p.id = strings.TrimSpace(it.GUID)
		p.made = p.id == ""
		if p.made {
			p.id, _ = normalise.URL(p.url)
		}
		if p.id == "" {
			p.id = p.url
		}
		if p.id == "" {
			sum := sha256.Sum256([]byte(p.title + "\n" + p.text))
			p.id = hex.EncodeToString(sum[:16])
		}
		for _, c := range it.Categories {
			p.tags = append(p.tags, line(c))
		}
		if p.title == "" && p.text == "" {
			r.Note("item_empty", "An item of the feed says nothing: "+p.id)
			continue
		}
		r.Hit("item")
		r.Finds = append(r.Finds, p.find())
	}
	return r
}

// mendXML takes out what no XML may hold and many feeds do: control characters, a blank before the declaration.
func mendXML(body []byte) []byte {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, body)
}

// line is a title as people read it: escaped twice, with tags in it, in any number of lines.
func line(s string) string {
	s, _ = normalise.Line(page.Plain(page.Plain(s)))
	return s
}

func longer(a, b string) string {
	if len(a) >= len(b) {
		return a
	}
	return b
}

func address(base string, it *gofeed.Item) string {
	link := strings.TrimSpace(it.Link)
	if link == "" && strings.HasPrefix(it.GUID, "http") {
		link = it.GUID
	}
	if link == "" {
		return ""
	}
	abs := page.Resolve(base, link)
	if c, ok := normalise.URL(abs); ok {
		return c
	}
	return abs
}

func itemTime(it *gofeed.Item, r *page.Reading) time.Time {
	if it.PublishedParsed != nil {
		return *it.PublishedParsed
	}
	if it.UpdatedParsed != nil {
		return *it.UpdatedParsed
	}
	for _, s := range []string{it.Published, it.Updated} {
		if t, _, bad := normalise.Date(s, normalise.OrderUnknown); bad == nil {
			return t
		}
		if strings.TrimSpace(s) != "" {
			r.Note("date_unreadable", "The date "+page.Snippet(s)+" of an item cannot be read.")
		}
	}
	return time.Time{}
}

// mailAndName is how RSS writes authors: "jo@acme.example (Jo Doe)".
var mailAndName = regexp.MustCompile(`^\S+@\S+\s+\((.+)\)$`)

func author(it *gofeed.Item) string {
	for _, a := range it.Authors {
		if a == nil {
			continue
		}
		name := line(a.Name)
		if m := mailAndName.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
		name = strings.TrimPrefix(name, "/u/")
		if name != "" && !strings.Contains(name, "@") {
			return name
		}
	}
	if it.DublinCoreExt != nil && len(it.DublinCoreExt.Creator) > 0 {
		return line(it.DublinCoreExt.Creator[0])
	}
	return ""
}
