package page

import (
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/intake/normalise"
)

// silent reports whether an element's text is not shown.
func silent(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "select", "datalist":
		return true
	}
	return Hidden(n)
}

// Hidden reports whether an element says of itself that it is not shown.
func Hidden(n *html.Node) bool {
	if len(n.Attr) == 0 {
		return false
	}
	if HasAttr(n, "hidden") || strings.EqualFold(Attr(n, "type"), "hidden") {
		return true
	}
	style := strings.ToLower(strings.ReplaceAll(Attr(n, "style"), " ", ""))
	if style == "" {
		return false
	}
	for _, s := range []string{"display:none", "visibility:hidden", "font-size:0;", "opacity:0;"} {
		if strings.Contains(style+";", s) {
			return true
		}
	}
	return false
}

// Block reports whether an element begins a line of its own.
func Block(n *html.Node) bool {
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
		"li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
		"ul", "button":
		return true
	}
	return false
}

// Line is a line of a page as it is shown, with the innermost block that holds it.
type Line struct {
	Text  string
	Block *html.Node
	First bool // the line begins its block; always true of Lines
}

// Segments are Lines cut further, at the borders of links, bold words and other elements inside a line, without the
// separators around them: "Ada Example" and "CEO" of <b>Ada Example</b>, CEO. Block is the element around the words, First
// says that the segment begins its line.
func Segments(n *html.Node) []Line {
	w := &lineWriter{inline: true}
	if n != nil {
		w.walk(n)
		w.end()
	}
	out := w.lines[:0]
	for _, l := range w.lines {
		if l.Text = strings.Trim(l.Text, " ,;:–—-|/•·()"); l.Text != "" {
			out = append(out, l)
		}
	}
	return out
}

// Lines are the visible lines below n. Text that is set right to left by bidi-override is turned round.
func Lines(n *html.Node) []Line {
	w := &lineWriter{}
	if n != nil {
		w.walk(n)
		w.end()
	}
	return w.lines
}

// Text is the visible text below n, a line for each block.
func Text(n *html.Node) string {
	lines := Lines(n)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Text
	}
	return strings.Join(out, "\n")
}

// TextLine is the visible text below n on one line.
func TextLine(n *html.Node) string {
	t, _ := normalise.Line(Text(n))
	return t
}

type lineWriter struct {
	lines []Line
	buf   strings.Builder
	block *html.Node
	bytes int

	inline bool // inline elements end a segment too
	middle bool // something of the block's line was written
}

// MaxText bounds the visible text that is read of one page, in bytes.
const MaxText = 2 << 20

// walk goes down without recursion; leaving a block ends its line.
func (w *lineWriter) walk(n *html.Node) {
	for c := n; c != nil; {
		down := w.enter(c, n)
		if down && c.FirstChild != nil {
			c = c.FirstChild
			continue
		}
		for {
			if down || c.FirstChild == nil {
				w.leave(c)
			}
			if c == n {
				return
			}
			if c.NextSibling != nil {
				c = c.NextSibling
				break
			}
			c, down = c.Parent, true
		}
	}
}

func (w *lineWriter) enter(c, top *html.Node) bool {
	switch c.Type {
	case html.TextNode:
		w.text(c)
	case html.ElementNode:
		if silent(c) && c != top || w.bytes > MaxText {
			return false
		}
		switch {
		case Block(c):
			w.end()
			w.block, w.middle = c, false
		case w.inline:
			w.end()
			w.block = c
		}
		if c.Data == "img" {
			return false
		}
	case html.DocumentNode:
	default:
		return false
	}
	return true
}

func (w *lineWriter) leave(c *html.Node) {
	if c.Type != html.ElementNode || !Block(c) && !w.inline {
		return
	}
	w.end()
	if Block(c) {
		w.middle = false
	}
	w.block = nil
	for p := c.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && (w.inline || Block(p)) {
			w.block = p
			return
		}
	}
}

func (w *lineWriter) text(c *html.Node) {
	s := c.Data
	if mirrored(c) {
		s = reverse(s)
	}
	w.bytes += len(s)
	w.buf.WriteString(s)
}

func (w *lineWriter) end() {
	s, _ := normalise.Line(w.buf.String())
	w.buf.Reset()
	if s != "" {
		w.lines = append(w.lines, Line{Text: s, Block: w.block, First: !w.inline || !w.middle})
		w.middle = true
	}
}

// mirrored reports whether CSS shows the text from right to left letter by letter: a way to hide addresses.
func mirrored(c *html.Node) bool {
	for p, up := c.Parent, 0; p != nil && up < 4; p, up = p.Parent, up+1 {
		if strings.EqualFold(p.Data, "bdo") && strings.EqualFold(Attr(p, "dir"), "rtl") {
			return true
		}
		style := strings.ToLower(strings.ReplaceAll(Attr(p, "style"), " ", ""))
		if strings.Contains(style, "unicode-bidi:bidi-override") && strings.Contains(style, "direction:rtl") {
			return true
		}
	}
	return false
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}
