package profile

import (
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"winnow/backend/internal/config/yamldoc"
)

// say puts one verdict of the schema into words: what is wrong, and how to mend it.
func say(where string, at *yamldoc.Node, k jsonschema.ErrorKind) (msg, hint string) {
	switch k := k.(type) {
	case *kind.Type:
		return sayType(where, at, k)
	case *kind.Enum:
		return fmt.Sprintf("%s is %s.", where, shown(at)), "Use one of " + list(k.Want) + "."
	case *kind.MaxLength:
		return fmt.Sprintf("%s has %d characters; at most %d are allowed.", where, k.Got, k.Want), "Shorten it."
	case *kind.MinItems:
		return fmt.Sprintf("%s has %d items; at least %d is needed.", where, k.Got, k.Want), "Add an item as a line that begins with a dash."
	case *kind.MaxItems:
		return fmt.Sprintf("%s has %d items; at most %d are allowed.", where, k.Got, k.Want), "Remove some."
	case *kind.MaxProperties:
		return fmt.Sprintf("%s has %d keys; at most %d are allowed.", where, k.Got, k.Want), "Remove some."
	case *kind.Minimum:
		return fmt.Sprintf("%s is %s; the least is %s.", where, at.Text, k.Want.RatString()), "Raise it."
	case *kind.Maximum:
		return fmt.Sprintf("%s is %s; the most is %s.", where, at.Text, k.Want.RatString()), "Lower it."
	case *kind.Pattern:
		return sayPattern(where, at, k)
	}
	return where + ": " + k.LocalizedString(message.NewPrinter(language.English)) + ".", ""
}

func sayType(where string, at *yamldoc.Node, k *kind.Type) (msg, hint string) {
	names := map[string]string{
		"string": "text", "array": "a list", "object": "a group of keys", "integer": "a whole number",
		"number": "a number", "boolean": "true or false", "null": "nothing",
	}
	want := make([]string, 0, len(k.Want))
	for _, w := range k.Want {
		want = append(want, names[w])
	}
	msg = fmt.Sprintf("%s should be %s; found %s.", where, strings.Join(want, ", "), found(at))
	switch {
	case at.Kind == yamldoc.Null:
		hint = "Fill it in, or remove the line."
	case k.Want[0] == "array" && at.Kind < yamldoc.List:
		hint = "Put it on a line of its own that begins with a dash, or in [brackets]."
	case k.Want[0] == "string" && at.Kind < yamldoc.List:
		hint = fmt.Sprintf("Put it in quotes: %q.", at.Text)
	case k.Want[0] == "string" && at.Kind == yamldoc.Map:
		hint = "If a colon is part of the text, put the text in quotes."
	case (k.Want[0] == "integer" || k.Want[0] == "number") && at.Kind == yamldoc.Text:
		hint = "Write it as a number, without quotes or words."
	case k.Want[0] == "integer" && at.Kind == yamldoc.Number:
		hint = "Round it."
	case k.Want[0] == "string" && at.Kind == yamldoc.List:
		hint = "Write one text instead of a list."
	case k.Want[0] == "object":
		hint = "Write keys with values, each on a line of its own."
	default:
		hint = "Write it in that form."
	}
	return msg, hint
}

// sayPattern knows the few patterns of our schemas by what they begin with.
func sayPattern(where string, at *yamldoc.Node, k *kind.Pattern) (msg, hint string) {
	switch {
	case k.Want == `\S`:
		return where + " is blank.", "Write something, or remove the line."
	case strings.HasPrefix(k.Want, "^https?"):
		return fmt.Sprintf("%s is %s, which is not a web address.", where, shown(at)), "Begin with https://."
	case strings.HasPrefix(k.Want, "^[A-Z]{2}"):
		return fmt.Sprintf("%s is %s, which is not a country code.", where, shown(at)), "Use two capital letters, e.g. IN or US."
	case strings.HasPrefix(k.Want, "^[a-z0-9]"):
		return fmt.Sprintf("%s is %s, which is not an id.", where, shown(at)), "Use at most 64 small letters, digits, - and _, beginning with a letter or digit."
	}
	return fmt.Sprintf("%s is %s, which does not have the form %s.", where, shown(at), k.Want), "Write it in that form."
}

// found names what stands at a place, with its value when that is short.
func found(at *yamldoc.Node) string {
	if at.Kind == yamldoc.Number || at.Kind == yamldoc.Bool || (at.Kind == yamldoc.Text && len(at.Text) <= 40) {
		return at.Kind.String() + " (" + at.Text + ")"
	}
	return at.Kind.String()
}

func shown(at *yamldoc.Node) string {
	if r := []rune(at.Text); len(r) > 40 {
		return fmt.Sprintf("%q", string(r[:40])+"…")
	}
	return fmt.Sprintf("%q", at.Text)
}

func list(values []any) string {
	words := make([]string, 0, len(values))
	for _, v := range values {
		words = append(words, fmt.Sprint(v))
	}
	return strings.Join(words, ", ")
}
