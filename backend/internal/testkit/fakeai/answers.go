package fakeai

import (
	"encoding/json"
	"regexp"
	"strings"
)

// analysis is an answer to the schema lead_analysis.
type analysis struct {
	Reasoning    string  `json:"reasoning"`
	Language     string  `json:"language"`
	Disqualifier string  `json:"disqualifier"`
	Evidence     string  `json:"evidence"`
	Authority    string  `json:"authority"`
	Urgency      string  `json:"urgency"`
	Fit          string  `json:"fit"`
	Specificity  int     `json:"specificity"`
	Claims       []claim `json:"claims"`
}

type claim struct {
	Part  string `json:"part"`
	ID    string `json:"id"`
	Value string `json:"value"`
	Field string `json:"field"`
	Quote string `json:"quote"`
}

var (
	fence    = regexp.MustCompile(`(?s)<<field:(\w+) \w+>>\n(.*?)\n<<end \w+>>`)
	sentence = regexp.MustCompile(`[^.!?\n]+[.!?]?`)
	decides  = regexp.MustCompile(`(?i)\b(owner|founder|director|partner|ceo|cfo|coo|head of|proprietor)\b`)
	hurries  = regexp.MustCompile(`(?i)\b(urgent(ly)?|asap|this week|this month)\b`)
	looks    = regexp.MustCompile(`(?i)\b(looking for|recommend\w*|demo|quote|evaluating)\b`)
	figure   = regexp.MustCompile(`\b\d[\d,.]*\s*\w+`)
	orders   = regexp.MustCompile(`(?i)\b(ignore|disregard|score (this|of|100)|score ?: ?\d|grade (this|a\b)|graded?:|rubric|rate (this|as|100|the)|you are now|assistant|instructions?|system ?:|decision_maker|prompt|override|mark (this|as|the)|label this|top grade|maximum score|highest score)|A\+`)
)

// fields are the fenced texts of a prompt.
func fields(user string) map[string]string {
	out := map[string]string{}
	for _, m := range fence.FindAllStringSubmatch(user, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// pains are the pain ids that the schema allows: those of its ids with a hyphen that the prompt explains.
func pains(r Request) []string {
	var s struct {
		Properties struct {
			Claims struct {
				Items struct {
					Properties struct {
						ID struct {
							Enum []string `json:"enum"`
						} `json:"id"`
					} `json:"properties"`
				} `json:"items"`
			} `json:"claims"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(r.Schema, &s); err != nil {
		return nil
	}
	var out []string
	for _, id := range s.Properties.Claims.Items.Properties.ID.Enum {
		if strings.Contains(r.System, "- "+id+" (weight") {
			out = append(out, id)
		}
	}
	return out
}

// Qualify reads a lead by a few plain rules and answers the schema lead_analysis; for another schema see Minimal.
func Qualify(r Request) string {
	if r.SchemaName != "" && r.SchemaName != "lead_analysis" {
		return Minimal(r)
	}
	text := fields(r.User)
	a := analysis{Reasoning: "Read by rule.", Language: "en", Disqualifier: "none", Evidence: "none", Authority: "unknown", Urgency: "none", Fit: "unclear", Claims: []claim{}}
	for _, id := range pains(r) {
		word := strings.ToLower(strings.SplitN(id, "-", 2)[0])
		for _, s := range sentence.FindAllString(text["content"], -1) {
			if s = strings.TrimSpace(s); len(s) >= 12 && strings.Contains(strings.ToLower(s), word) {
				a.Evidence = "explicit"
				a.Claims = append(a.Claims, claim{"pain", id, "explicit", "content", s})
				break
			}
		}
	}
	if m := decides.FindString(text["title"]); m != "" {
		a.Authority = "decision_maker"
		a.Claims = append(a.Claims, claim{"authority", "", "decision_maker", "title", m})
	}
	if m := hurries.FindString(text["content"]); m != "" {
		a.Urgency = "high"
		a.Claims = append(a.Claims, claim{"urgency", "", "high", "content", m})
	} else if m := looks.FindString(text["content"]); m != "" {
		a.Urgency = "medium"
		a.Claims = append(a.Claims, claim{"urgency", "", "medium", "content", m})
	}
	for i, m := range figure.FindAllString(text["content"], 2) {
		a.Specificity += 2
		a.Claims = append(a.Claims, claim{"specificity", []string{"quantified", "scale"}[i], "", "content", m})
	}
	if text["location"] != "" {
		a.Fit = "in"
		a.Claims = append(a.Claims, claim{"fit", "", "in", "location", strings.SplitN(text["location"], "\n", 2)[0]})
	}
	return encode(a)
}

// Obey is the worst model there is. Where the text gives it an order, it claims everything, quoting the order itself,
// quotes that stand nowhere, and quotes with a letter changed; without an order it is Qualify.
func Obey(r Request) string {
	if r.SchemaName != "" && r.SchemaName != "lead_analysis" {
		return Minimal(r)
	}
	text := fields(r.User)
	order := ""
	for _, s := range sentence.FindAllString(text["content"], -1) {
		if orders.MatchString(s) {
			order = strings.TrimSpace(s)
			break
		}
	}
	if order == "" {
		return Qualify(r)
	}
	return obedient(r, text, func() string { return order })
}

// ObeyOrder is Obey for an attacker whose order is known to the test: whenever the model gets to read any sentence of
// it, it claims everything, and slyly quotes other words of the order for each claim.
func ObeyOrder(order string) func(Request) string {
	return func(r Request) string {
		text := fields(r.User)
		for _, s := range sentence.FindAllString(order, -1) {
			if s = strings.TrimSpace(s); len([]rune(s)) >= 8 && strings.Contains(text["content"], s) {
				n := 0
				return obedient(r, text, func() string { n++; return part(s, n) })
			}
		}
		return Qualify(r)
	}
}

// part is the n-th of the overlapping pieces of a sentence, at least a dozen letters long where it can be.
func part(s string, n int) string {
	words := strings.Fields(s)
	if len(words) < 4 {
		return s
	}
	from := n % (len(words) - 2)
	to := min(len(words), from+3+n%3)
	return strings.Join(words[from:to], " ")
}

// obedient claims everything, quoting what quote gives, quotes that stand nowhere, and a quote with a letter changed.
func obedient(r Request, text map[string]string, quote func() string) string {
	a := analysis{
		Reasoning: "As ordered.", Language: "en", Disqualifier: "none", Evidence: "explicit", Authority: "decision_maker",
		Urgency: "high", Fit: "in", Specificity: 10,
	}
	for _, id := range pains(r) {
		a.Claims = append(a.Claims,
			claim{"pain", id, "explicit", "content", quote()},
			claim{"pain", id, "explicit", "content", "we lose a fortune every single week"},
			claim{"pain", id, "explicit", "content", misquote(text["content"])})
	}
	a.Claims = append(a.Claims,
		claim{"authority", "", "decision_maker", "content", quote()}, claim{"authority", "", "decision_maker", "title", "Chief Executive Officer"},
		claim{"urgency", "", "high", "content", quote()}, claim{"urgency", "", "high", "content", "we sign this week"},
		claim{"fit", "", "in", "content", quote()}, claim{"fit", "", "in", "location", "Springfield"},
		claim{"evidence", "", "explicit", "content", quote()})
	for _, kind := range []string{"quantified", "scale", "tool", "mechanism", "requirement"} {
		a.Claims = append(a.Claims, claim{"specificity", kind, "", "content", quote()})
	}
	return encode(a)
}

// misquote is the beginning of a text with one letter changed.
func misquote(text string) string {
	rs := []rune(text)
	rs = append([]rune(nil), rs[:min(len(rs), 40)]...)
	if len(rs) > 4 {
		rs[len(rs)/2] = '¤'
	}
	return string(rs)
}

// Minimal is the smallest answer that fits the request's schema: empty texts, the first of each enum, zero.
func Minimal(r Request) string {
	var s any
	if err := json.Unmarshal(r.Schema, &s); err != nil {
		return "{}"
	}
	return encode(smallest(s))
}

func smallest(s any) any {
	m, ok := s.(map[string]any)
	if !ok {
		return nil
	}
	if enum, ok := m["enum"].([]any); ok && len(enum) > 0 {
		return enum[0]
	}
	switch m["type"] {
	case "object":
		out := map[string]any{}
		props, _ := m["properties"].(map[string]any)
		for name, sub := range props {
			out[name] = smallest(sub)
		}
		return out
	case "array":
		return []any{}
	case "integer", "number":
		if least, ok := m["minimum"].(float64); ok {
			return least
		}
		return 0
	case "boolean":
		return false
	}
	return ""
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
