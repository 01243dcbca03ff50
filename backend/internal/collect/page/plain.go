package page

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Plain is the visible text of a piece of HTML, a line for each block; text that was escaped twice is read.
func Plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	if !strings.Contains(s, "<") && strings.Contains(s, "&lt;") {
		s = html.UnescapeString(s)
	}
	if !strings.Contains(s, "<") {
		return strings.TrimSpace(html.UnescapeString(html.UnescapeString(s)))
	}
	if len(s) > MaxBody {
		s = s[:MaxBody]
	}
	root, err := nethtml.Parse(strings.NewReader(s))
	if err != nil {
		root = flat(s)
	}
	return Text(root)
}
