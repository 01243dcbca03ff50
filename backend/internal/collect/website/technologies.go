package website

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

//go:embed technologies.json
var technologyTable []byte

// technology is something that a site may run on, and how it shows: in the generator's name, or in an address that the page
// loads from or links to.
type technology struct {
	Name      string `json:"name"`
	Category  string `json:"category"`
	Generator string `json:"generator,omitempty"`
	URL       string `json:"url,omitempty"`

	generator, url *regexp.Regexp
}

// fingerprints compiles the table; a test holds that every line of it compiles.
var fingerprints = sync.OnceValues(func() ([]technology, error) {
	var table []technology
	if err := json.Unmarshal(technologyTable, &table); err != nil {
		return nil, err
	}
	for i := range table {
		var err error
		if table[i].Generator != "" {
			table[i].generator, err = regexp.Compile("(?i)" + table[i].Generator)
		}
		if err == nil && table[i].URL != "" {
			table[i].url, err = regexp.Compile("(?i)" + table[i].URL)
		}
		if err != nil {
			return nil, err
		}
	}
	return table, nil
})

const maxLoaded = 64 << 10

// readTechnologies tells what the page runs on.
func (s *site) readTechnologies() {
	table, err := fingerprints()
	if err != nil {
		s.reading.Note("technologies_unreadable", "The table of technologies is broken: "+err.Error())
		return
	}
	generator := s.page.Meta("generator")
	loaded := loadedFrom(s.page.Root)
	var names []string
	proof := ""
	for _, t := range table {
		if slices.Contains(names, t.Name) {
			continue
		}
		switch {
		case t.generator != nil && generator != "" && t.generator.MatchString(generator):
			names, proof = append(names, t.Name), proof+" "+generator
		case t.url != nil:
			if m := t.url.FindString(loaded); m != "" {
				names, proof = append(names, t.Name), proof+" "+m
			}
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		s.facts = append(s.facts, fact{"custom.technologies", value{strings.Join(names, ";"), "fingerprint", proof}})
	}
}

// loadedFrom lists the addresses from which a page loads, one a line, and the beginnings of its own scripts, which load more.
func loadedFrom(root *html.Node) string {
	var b strings.Builder
	page.Walk(root, func(n *html.Node) bool {
		if b.Len() > maxLoaded {
			return false
		}
		switch n.Data {
		case "script":
			if src := page.Attr(n, "src"); src != "" {
				b.WriteString(src + "\n")
			} else if t := page.RawText(n); !strings.Contains(page.Attr(n, "type"), "json") {
				b.WriteString(t[:min(len(t), 2000)] + "\n")
			}
			return false
		case "link":
			if !slices.Contains([]string{"canonical", "alternate"}, page.Attr(n, "rel")) {
				b.WriteString(page.Attr(n, "href") + "\n")
			}
		case "img", "iframe", "source", "embed":
			b.WriteString(page.Attr(n, "src") + "\n")
		case "form":
			b.WriteString(page.Attr(n, "action") + "\n")
		}
		return true
	})
	return b.String()
}
