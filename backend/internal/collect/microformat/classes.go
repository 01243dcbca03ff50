package microformat

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

var (
	rootClass = regexp.MustCompile(`^h(-[a-z0-9]+)?(-[a-z]+)+$`)
	propClass = regexp.MustCompile(`^(p|u|dt|e)(-[a-z0-9]+)?(-[a-z]+)+$`)
)

// rootTypes are the types of an element that is a microformat; classic says that they are written in the old way.
func rootTypes(n *html.Node) (types []string, classic bool) {
	classes := strings.Fields(page.Attr(n, "class"))
	for _, c := range classes {
		if rootClass.MatchString(c) && !slices.Contains(types, c) {
			types = append(types, c)
		}
	}
	if len(types) > 0 {
		slices.Sort(types)
		return types, false
	}
	for _, c := range classes {
		if t := classicRoot(c); t != "" && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types, len(types) > 0
}

func classicRoot(class string) string {
	switch class {
	case "vcard":
		return "h-card"
	case "adr":
		return "h-adr"
	case "geo":
		return "h-geo"
	}
	return ""
}

// property is how an element's class names a property: how to read it, and its name.
type property struct{ prefix, name string }

// properties are those that an element's classes name, inside an item of the given types.
func properties(n *html.Node, types []string, classic bool) (props []property) {
	for c := range strings.FieldsSeq(page.Attr(n, "class")) {
		var p property
		if classic {
			p = classicProperty(c, types)
		} else if m := propClass.FindStringSubmatch(c); m != nil {
			prefix, name, _ := strings.Cut(c, "-")
			p = property{prefix, name}
		}
		if p.name != "" && !slices.Contains(props, p) {
			props = append(props, p)
		}
	}
	return props
}

func classicProperty(c string, types []string) property {
	if slices.Contains(types, "h-card") {
		switch c {
		case "fn":
			return property{"p", "name"}
		case "honorific-prefix", "given-name", "additional-name", "family-name", "honorific-suffix", "nickname", "tel", "category", "note", "org",
			"organization-name", "organization-unit", "role", "tz", "class", "sort-string", "mailer", "label", "agent", "adr", "geo",
			"street-address", "extended-address", "locality", "region", "postal-code", "country-name", "latitude", "longitude":
			return property{"p", c}
		case "title":
			return property{"p", "job-title"}
		case "email", "logo", "photo", "url", "uid", "sound", "key":
			return property{"u", c}
		case "bday", "rev":
			return property{"dt", c}
		}
		return property{}
	}
	switch c {
	case "street-address", "extended-address", "locality", "region", "postal-code", "country-name", "post-office-box", "latitude", "longitude":
		return property{"p", c}
	}
	return property{}
}
