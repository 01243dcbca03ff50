package wizard

import (
	"strconv"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

// question is one thing to ask: whether a flag answered it, what holds now, and how an answer is taken.
type question struct {
	prompt string
	given  func(profile.Answers) bool
	now    func(*Wizard) string
	take   func(*profile.Answers, string) error
}

func questions() []question {
	return []question{
		ask("Your company's name", func(a *profile.Answers) *string { return &a.Name }, func(s *profile.Set) string { return s.Company.Name }),
		ask("Your website", func(a *profile.Answers) *string { return &a.Website }, nil),
		ask("What you sell, in a few words", func(a *profile.Answers) *string { return &a.Category }, func(s *profile.Set) string { return s.Company.Category }),
		ask("What it does for whom, in one sentence", func(a *profile.Answers) *string { return &a.OneLiner }, func(s *profile.Set) string { return s.Company.OneLiner }),
		ask("E-mail for replies", func(a *profile.Answers) *string { return &a.Email }, nil),
		ask("Country of phone numbers without a country code (two letters)", func(a *profile.Answers) *string { return &a.Region }, func(s *profile.Set) string { return s.Company.DefaultRegion }),
		askList("Competitors", func(a *profile.Answers) *[]string { return &a.Competitors }, nil),
		askList("Industries you sell to", func(a *profile.Answers) *[]string { return &a.Industries }, func(s *profile.Set) []string { return s.Audience.Industries }),
		askList("Countries you sell in", func(a *profile.Answers) *[]string { return &a.Geographies }, func(s *profile.Set) []string { return s.Audience.Geographies }),
		askList("Titles of those who decide", func(a *profile.Answers) *[]string { return &a.DecisionMakers }, func(s *profile.Set) []string { return s.Audience.Seniority.DecisionMaker }),
		askSize("Least number of employees (0 = no bound)", func(a *profile.Answers) **int { return &a.MinEmployees }, func(s *profile.Set) int { return s.Audience.CompanySize.MinEmployees }),
		askSize("Greatest number of employees (0 = no bound)", func(a *profile.Answers) **int { return &a.MaxEmployees }, func(s *profile.Set) int { return s.Audience.CompanySize.MaxEmployees }),
	}
}

func ask(prompt string, to func(*profile.Answers) *string, now func(*profile.Set) string) question {
	return question{
		prompt: prompt,
		given:  func(a profile.Answers) bool { return *to(&a) != "" },
		now: func(w *Wizard) string {
			if now == nil {
				return "none"
			}
			return now(w.set)
		},
		take: func(a *profile.Answers, s string) error { *to(a) = s; return nil },
	}
}

func askList(prompt string, to func(*profile.Answers) *[]string, now func(*profile.Set) []string) question {
	return question{
		prompt: prompt,
		given:  func(a profile.Answers) bool { return len(*to(&a)) > 0 },
		now: func(w *Wizard) string {
			if now == nil {
				return "none"
			}
			return strings.Join(now(w.set), "; ")
		},
		take: func(a *profile.Answers, s string) error { *to(a) = items(s); return nil },
	}
}

func askSize(prompt string, to func(*profile.Answers) **int, now func(*profile.Set) int) question {
	return question{
		prompt: prompt,
		given:  func(a profile.Answers) bool { return *to(&a) != nil },
		now:    func(w *Wizard) string { return strconv.Itoa(now(w.set)) },
		take: func(a *profile.Answers, s string) error {
			n, err := strconv.Atoi(s)
			if err != nil {
				return fault.Newf(fault.Invalid, "number_invalid", "%q is not a whole number.", s)
			}
			*to(a) = &n
			return nil
		},
	}
}

// items splits at semicolons; without one, at commas.
func items(s string) []string {
	sep := ";"
	if !strings.Contains(s, sep) {
		sep = ","
	}
	var out []string
	for item := range strings.SplitSeq(s, sep) {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}
