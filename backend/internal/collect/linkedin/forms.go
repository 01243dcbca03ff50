package linkedin

import (
	"strings"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// isFormAnswer reports whether v is one answer of a lead form, or a list of them.
func isFormAnswer(v any) bool {
	found := false
	page.Objects(v, func(_ string, m map[string]any) bool {
		_, answers := page.Get(m, "formResponse", "answers").([]any)
		found = found || answers
		return !found
	})
	return found
}

// ParseFormAnswers joins the answers of lead forms with the questions of their forms. Answers whose form is not at hand keep
// what can be told from them alone.
func ParseFormAnswers(d page.Document, forms ...page.Document) (r page.Reading) {
	v, err := page.ParseJSON(d.Body)
	if err != nil {
		r.Unread(d, "The answer is no JSON: it was probably cut off.")
		return r
	}
	var parsed []any
	for _, f := range forms {
		if fv, err := page.ParseJSON(f.Body); err == nil {
			parsed = append(parsed, fv)
		}
	}
	return parseFormAnswers(d, v, parsed)
}

func parseFormAnswers(_ page.Document, v any, forms []any) (r page.Reading) {
	questions := questionsOf(forms)
	page.Objects(v, func(_ string, m map[string]any) bool {
		answers, ok := page.Get(m, "formResponse", "answers").([]any)
		if !ok {
			return true
		}
		r.Finds = append(r.Finds, formFind(m, answers, questions, &r))
		return false
	})
	return r
}

type question struct {
	predefined, label string
	options           map[string]string
}

// questionsOf lists the questions of forms by "form/question".
func questionsOf(forms []any) map[string]question {
	out := map[string]question{}
	for _, f := range forms {
		page.Objects(f, func(_ string, m map[string]any) bool {
			list, ok := page.Get(m, "content", "questions").([]any)
			if !ok {
				return true
			}
			for _, e := range list {
				q, _ := e.(map[string]any)
				label := localized(q["question"])
				if label == "" {
					label = page.FirstStr(q, "name", "label")
				}
				one := question{predefined: page.Str(q["predefinedField"]), label: label, options: map[string]string{}}
				opts, _ := page.Get(q, "questionDetails", "multipleChoiceQuestionDetails", "options").([]any)
				for _, o := range opts {
					one.options[page.GetStr(o, "id")] = localized(page.Get(o, "text"))
				}
				out[page.Str(m["id"])+"/"+page.Str(q["questionId"])] = one
			}
			return false
		})
	}
	return out
}

// localized is a text in English if there is one, else in the first language.
func localized(v any) string {
	if s := page.Str(v); s != "" {
		return s
	}
	m, _ := page.Get(v, "localized").(map[string]any)
	if s := page.Str(m["en_US"]); s != "" {
		return s
	}
	for _, k := range page.SortedKeys(m) {
		if s := page.Str(m[k]); s != "" {
			return s
		}
	}
	return ""
}

func formFind(m map[string]any, answers []any, questions map[string]question, r *page.Reading) collect.Find {
	d := page.NewDraft("")
	id := page.Str(m["id"])
	d.Find.Key = id
	d.Line("source_id", id, "lead form", id)
	form := formID(page.FirstStr(m, "versionedLeadGenFormUrn", "leadGenForm", "leadGenFormUrn"))
	first, last := "", ""
	for _, a := range answers {
		qid := page.GetStr(a, "questionId")
		q, known := questions[form+"/"+qid]
		if !known {
			q, known = onlyForm(questions, qid)
		}
		value := answerText(a, q)
		if value == "" {
			continue
		}
		switch q.predefined {
		case "FIRST_NAME":
			first = value
		case "LAST_NAME":
			last = value
		default:
			field := formField(q)
			if !known {
				field = guessField(value)
				r.Note("form_missing", "The form of an answer is not at hand: what its questions were is not known.")
			}
			if field == "" {
				field = "custom.question_" + qid
			}
			if field == "email" || field == "phone" {
				d.Add(field, value, "lead form", q.label)
			} else {
				d.Line(field, value, "lead form", q.label)
			}
		}
	}
	d.Line("name", normalise.JoinName(first, "", last), "lead form", "")
	if t := millis(m["submittedAt"]); !t.IsZero() {
		d.Find.At = t
		d.Put("posted_at", t.Format(time.RFC3339), "lead form", "")
	}
	d.Line("custom.campaign", page.GetStr(m, "leadMetadataInfo", "sponsoredLeadMetadataInfo", "campaign", "name"), "lead form", "")
	if page.Str(m["testLead"]) == "true" {
		d.Put("tags", "test", "lead form", "testLead")
	}
	return d.Find
}

// onlyForm: where only one form is at hand its questions are meant.
func onlyForm(questions map[string]question, qid string) (question, bool) {
	form := ""
	for k := range questions {
		f, _, _ := strings.Cut(k, "/")
		if form != "" && f != form {
			return question{}, false
		}
		form = f
	}
	q, ok := questions[form+"/"+qid]
	return q, ok
}

// formID is the number in urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1).
func formID(urn string) string {
	_, id, ok := strings.Cut(urn, "leadGenForm:")
	if !ok {
		return ""
	}
	end := strings.IndexFunc(id, func(r rune) bool { return r < '0' || r > '9' })
	if end >= 0 {
		id = id[:end]
	}
	return id
}

func answerText(a any, q question) string {
	if s := page.GetStr(a, "answerDetails", "textQuestionAnswer", "answer"); s != "" {
		return s
	}
	opts, _ := page.Get(a, "answerDetails", "multipleChoiceAnswer", "options").([]any)
	var words []string
	for _, o := range opts {
		id := page.Str(o)
		if t := q.options[id]; t != "" {
			id = t
		}
		words = append(words, id)
	}
	return strings.Join(words, ", ")
}

func formField(q question) string {
	switch strings.ToUpper(q.predefined) {
	case "EMAIL", "WORK_EMAIL", "CORPORATE_EMAIL":
		return "email"
	case "PHONE_NUMBER", "PHONE", "WORK_PHONE_NUMBER", "WORK_PHONE":
		return "phone"
	case "JOB_TITLE", "TITLE":
		return "title"
	case "COMPANY_NAME", "COMPANY":
		return "company"
	case "COMPANY_SIZE":
		return "company_size"
	case "INDUSTRY":
		return "industry"
	case "CITY":
		return "location"
	case "COUNTRY", "COUNTRY_REGION":
		return "country"
	case "LINKEDIN_PROFILE_LINK", "LINKEDIN_PROFILE":
		return "linkedin_url"
	case "COMPANY_WEBSITE", "WEBSITE":
		return "url"
	}
	switch normalise.Fold(q.label) {
	case "company size", "number of employees", "team size", "size", "unternehmensgrosse":
		return "company_size"
	case "company", "company name":
		return "company"
	case "industry":
		return "industry"
	case "website", "company website":
		return "url"
	case "message", "comments", "how can we help", "what do you need":
		return "content"
	}
	if name := normalise.Fold(q.label); name != "" {
		return "custom." + strings.ReplaceAll(name[:min(len(name), 60)], " ", "_")
	}
	return ""
}

func guessField(value string) string {
	if _, bad := normalise.ParseEmail(value); bad == nil {
		return "email"
	}
	if strings.HasPrefix(value, "+") {
		if _, bad := normalise.ParsePhone(value, ""); bad == nil {
			return "phone"
		}
	}
	return ""
}
