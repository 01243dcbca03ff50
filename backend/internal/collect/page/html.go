package page

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"winnow/backend/internal/intake/normalise"
)

// The bounds of what is read of one page.
const (
	MaxBody  = 10 << 20 // bytes; a longer page is cut, and a note says so
	maxNodes = 400_000
)

// Page is a parsed HTML page.
type Page struct {
	Doc  Document
	Root *html.Node
	Base string // what relative addresses are relative to
}

// ParseHTML reads a page in whatever character set it is written. A page that is nested too deep for a tree is read flat.
func ParseHTML(d Document, r *Reading) *Page {
	body := d.Body
	if len(body) > MaxBody {
		body = body[:MaxBody]
		r.Note("too_large", "The page is longer than 10 MB; only its beginning was read.")
	}
	text := Decode(body, d.Type)
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		root = flat(text)
		r.Note("html_too_deep", "The page's elements are nested too deep to be read as a tree; its text was read without structure.")
	}
	p := &Page{Doc: d, Root: root, Base: d.URL}
	if b := p.First("base"); b != nil && Attr(b, "href") != "" {
		p.Base = Resolve(d.URL, Attr(b, "href"))
	}
	return p
}

// Decode makes UTF-8 of a page: by its byte order mark, the header, its own declaration, in this order; a declaration of
// UTF-8 that the bytes contradict is taken for windows-1252, which is what such pages are written in.
func Decode(body []byte, contentType string) string {
	enc, name, certain := charset.DetermineEncoding(body, contentType)
	if utf8.Valid(body) && (name == "utf-8" || !certain) {
		return string(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	}
	if name == "utf-8" {
		enc, _ = charset.Lookup("windows-1252")
	}
	out, err := io.ReadAll(transform.NewReader(bytes.NewReader(body), enc.NewDecoder()))
	if err != nil {
		return strings.ToValidUTF8(string(body), "\ufffd")
	}
	return strings.TrimPrefix(string(out), "\ufeff")
}

// flat reads tags one by one and hangs them all below the root: for pages that no tree can hold.
func flat(text string) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	root.AppendChild(body)
	z := html.NewTokenizer(strings.NewReader(text))
	var last *html.Node
	for range maxNodes {
		switch z.Next() {
		case html.ErrorToken:
			return root
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			last = &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			body.AppendChild(last)
		case html.TextToken:
			n := &html.Node{Type: html.TextNode, Data: z.Token().Data}
			if last != nil {
				last.AppendChild(n)
			} else {
				body.AppendChild(n)
			}
		case html.EndTagToken:
			last = nil
		default:
		}
	}
	return root
}

// Attr is an attribute's value, "" when absent.
func Attr(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// HasAttr reports whether an element has an attribute.
func HasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// HasClass reports whether an element has a class.
func HasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(Attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// Walk visits n and everything below it in document order; fn says whether to go down. It does not recurse, so no page can
// exhaust the stack.
func Walk(n *html.Node, fn func(*html.Node) bool) {
	for c := n; c != nil; {
		if fn(c) && c.FirstChild != nil {
			c = c.FirstChild
			continue
		}
		for c != n && c.NextSibling == nil {
			c = c.Parent
		}
		if c == n {
			return
		}
		c = c.NextSibling
	}
}

// All lists the elements below n for which ok holds.
func All(n *html.Node, ok func(*html.Node) bool) (found []*html.Node) {
	Walk(n, func(c *html.Node) bool {
		if c.Type == html.ElementNode && ok(c) {
			found = append(found, c)
		}
		return true
	})
	return found
}

// ByClass lists the elements below n that have a class.
func ByClass(n *html.Node, class string) []*html.Node {
	return All(n, func(c *html.Node) bool { return HasClass(c, class) })
}

// ByTag lists the elements below n of a name.
func ByTag(n *html.Node, tag string) []*html.Node {
	return All(n, func(c *html.Node) bool { return c.Data == tag })
}

// First is the page's first element of a name, nil if there is none.
func (p *Page) First(tag string) *html.Node {
	var found *html.Node
	Walk(p.Root, func(c *html.Node) bool {
		if found == nil && c.Type == html.ElementNode && c.Data == tag {
			found = c
		}
		return found == nil
	})
	return found
}

// Meta is the content of the first <meta> whose name or property is one of names, in their order.
func (p *Page) Meta(names ...string) string {
	have := map[string]string{}
	for _, m := range ByTag(p.Root, "meta") {
		for _, k := range []string{"name", "property", "itemprop"} {
			if name := strings.ToLower(Attr(m, k)); name != "" && have[name] == "" {
				have[name] = strings.TrimSpace(Attr(m, "content"))
			}
		}
	}
	for _, n := range names {
		if have[n] != "" {
			return have[n]
		}
	}
	return ""
}

// Title is the page's <title>.
func (p *Page) Title() string {
	t, _ := normalise.Line(RawText(p.First("title")))
	return t
}

// Link is the address of the first <link> with a rel.
func (p *Page) Link(rel string) string {
	for _, l := range ByTag(p.Root, "link") {
		if strings.EqualFold(strings.TrimSpace(Attr(l, "rel")), rel) {
			return Resolve(p.Base, Attr(l, "href"))
		}
	}
	return ""
}

// RawText is all text below n as it stands.
func RawText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	Walk(n, func(c *html.Node) bool {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
		return true
	})
	return b.String()
}
