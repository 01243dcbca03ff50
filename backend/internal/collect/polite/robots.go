package polite

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rule is the line of a robots.txt that decided. Line 0: no line speaks of the address.
type Rule struct {
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	Text string `json:"text,omitempty"`
}

// rules is what a robots.txt says to one product: the merged groups of its name, or those of "*".
type rules struct {
	lines    []line
	delay    time.Duration // Crawl-delay as it stands there; 0: none
	sitemaps []string
}

type line struct {
	allow   bool
	pattern pattern
	number  int
	text    string
}

type group struct {
	lines []line
	delay time.Duration
}

// parseRobots reads a robots.txt for a product token (RFC 9309, section 2.2), however badly it is written.
func parseRobots(file []byte, product string) *rules {
	p := robotsParser{product: strings.ToLower(product)}
	for number := 1; len(file) > 0; number++ {
		raw, rest := cutLine(file)
		file = rest
		p.line(number, string(raw))
	}
	chosen := &p.any
	if p.named {
		chosen = &p.own
	}
	return &rules{lines: chosen.lines, delay: chosen.delay, sitemaps: p.sitemaps}
}

// cutLine ends lines at \n, \r\n or \r alone.
func cutLine(b []byte) (text, rest []byte) {
	i := bytes.IndexAny(b, "\r\n")
	if i < 0 {
		return b, nil
	}
	if b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n' {
		return b[:i], b[i+2:]
	}
	return b[:i], b[i+1:]
}

type robotsParser struct {
	product  string
	own, any group
	named    bool // a group names the product
	into     []*group
	inRules  bool // the last record was a rule, so the next User-agent begins a group
	sitemaps []string
}

func (p *robotsParser) line(number int, text string) {
	key, value, ok := record(text)
	if !ok {
		return
	}
	switch key {
	case "user-agent", "useragent", "user agent":
		p.agent(value)
	case "allow", "disallow", "dissallow", "disalow", "dissalow", "diasllow", "disallaw":
		p.inRules = true
		if value == "" {
			return
		}
		l := line{allow: key == "allow", pattern: newPattern(value), number: number, text: clip(strings.TrimSpace(text), 200)}
		for _, g := range p.into {
			g.lines = append(g.lines, l)
		}
	case "crawl-delay":
		if d, ok := crawlDelay(value); ok {
			for _, g := range p.into {
				g.delay = max(g.delay, d)
			}
		}
	case "sitemap":
		if value != "" && len(p.sitemaps) < maxSitemaps {
			p.sitemaps = append(p.sitemaps, value)
		}
	}
}

// agent opens or widens a group.
func (p *robotsParser) agent(value string) {
	if p.inRules {
		p.into, p.inRules = nil, false
	}
	var g *group
	switch name := strings.ToLower(value); {
	case name == "*" || strings.HasPrefix(name, "* "):
		g = &p.any
	case token(name) == p.product:
		g, p.named = &p.own, true
	default:
		return
	}
	if !slices.Contains(p.into, g) {
		p.into = append(p.into, g)
	}
}

// token is the product token at the beginning of a name: letters, - and _, and digits too, which the RFC forgot.
func token(name string) string {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return name[:i]
		}
	}
	return name
}

// record splits "Key : value # comment". A file may begin with a byte order mark.
func record(text string) (key, value string, ok bool) {
	text = strings.TrimPrefix(text, "\ufeff")
	if i := strings.IndexByte(text, '#'); i >= 0 {
		text = text[:i]
	}
	key, value, ok = strings.Cut(text, ":")
	if !ok {
		fields := strings.Fields(text)
		if len(fields) != 2 {
			return "", "", false
		}
		key, value = fields[0], fields[1]
	}
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), true
}

func crawlDelay(value string) (time.Duration, bool) {
	s, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(s) || s <= 0 {
		return 0, false
	}
	return time.Duration(min(s, 1e6) * float64(time.Second)), true
}

// match finds the line that decides of a path with its query: the longest, and Allow where two are equally long.
func (r *rules) match(pathQuery string) (allowed bool, by line) {
	if pathQuery == "/robots.txt" {
		return true, line{}
	}
	path := normalise(pathQuery, false)
	allowed = true
	best := -1
	for _, l := range r.lines {
		if n := l.pattern.length; n < best || (n == best && (allowed || !l.allow)) || !l.pattern.matches(path) {
			continue
		}
		best, allowed, by = l.pattern.length, l.allow, l
	}
	return allowed, by
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
