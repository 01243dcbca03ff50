package compose

import (
	"context"
	"regexp"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
)

// byModel lets the model write, and refuses what it may not say: a link, an address, a phone number or a figure that
// stands in none of the facts it was given (A41).
func (s *Service) byModel(ctx context.Context, m *Message, o Order, vars map[string]string, set *profile.Set) error {
	if s.writer == nil {
		return fault.New(fault.Unavailable, "writer_unavailable", "No language model is set up, so it cannot write. Use the template writer, or set WINNOW_AI_BASE_URL and WINNOW_AI_MODEL.")
	}
	subject, body, err := s.writer.Write(ctx, Brief{LeadID: m.LeadID, Variables: vars, Company: set.Company, Tone: o.Tone, Length: o.Length})
	if err != nil {
		return err
	}
	if err := checkText(subject, body); err != nil {
		return fault.Wrap(err, fault.Invalid, "ai_answer_malformed", "The model wrote a message that cannot be used. Try again, or use the template writer.")
	}
	if what := invented(subject+"\n"+body, vars, set); what != "" {
		return fault.Newf(fault.Invalid, "message_invented", "The model put “%s” into the message, which stands in none of the facts. The draft was thrown away; try again, or use the template writer.", clip(what, 60))
	}
	var used []Variable
	for _, n := range VariableNames() {
		if v := vars[n]; v != "" && strings.Contains(body, v) {
			used = append(used, Variable{Name: n, Value: v})
		}
	}
	m.Writer, m.Subject, m.Body, m.Variables = WriterLLM, oneLine(subject), strings.TrimSpace(body), db.NewJSON(used)
	return nil
}

// checkable finds what must not be made up: links, addresses, markup and figures.
var checkable = regexp.MustCompile(`(?i)(?:https?:)?//\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|!?\[[^\]]*\]\([^)]*\)|<[a-z/!][^>]*>|\+?\d[\d .,()/-]*\d|\d`)

// harmless figures are those of a polite sentence: minutes of a call, days, and small counts.
var harmless = map[string]bool{"1": true, "2": true, "3": true, "5": true, "10": true, "15": true, "20": true, "30": true}

// invented is the first checkable thing in text that the facts do not hold, "" when there is none.
func invented(text string, vars map[string]string, set *profile.Set) string {
	var facts strings.Builder
	for _, v := range vars {
		facts.WriteString(v + "\n")
	}
	facts.WriteString(strings.Join(append(set.Company.Features, set.Company.Description, set.Company.Website), "\n"))
	known := facts.String()
	for _, found := range checkable.FindAllString(text, -1) {
		found = strings.TrimRight(found, ".,;:!?) ")
		if !harmless[found] && !strings.Contains(known, found) {
			return found
		}
	}
	return ""
}
