// Package wizard asks a person on a terminal what goes into a profile, and writes the profile's files. What a profile
// may hold is the profile package's matter.
package wizard

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

// Wizard is one conversation.
type Wizard struct {
	in       *bufio.Scanner
	out      io.Writer
	template string
	answers  profile.Answers
	set      *profile.Set // the template, for what stands in brackets
}

// errEnded is what a conversation ends with when the input does.
var errEnded = fault.New(fault.Invalid, "wizard_ended", "The questions were not answered to the end, so nothing was written. Start again, or give the answers as flags with --yes (winnow init --help lists them).")

// Ask holds the conversation and returns the answers and the template's name. What given holds (from flags) is not asked
// again; an empty template is asked for. An answer that does not fit is explained and asked for again. Faults: Invalid
// when the input ends early; NotFound for an unknown template; Invalid for a given answer that does not fit.
func Ask(in io.Reader, out io.Writer, given profile.Answers, template string) (profile.Answers, string, error) {
	w := &Wizard{in: bufio.NewScanner(in), out: out, template: template, answers: given}
	if err := w.pickTemplate(); err != nil {
		return given, template, err
	}
	if _, err := profile.Compose(given, w.template); err != nil {
		return given, w.template, err
	}
	w.say("\nPress Enter to keep what stands in [brackets]. Separate several items with semicolons.\n")
	for _, q := range questions() {
		if err := w.question(q); err != nil {
			return given, w.template, err
		}
	}
	return w.answers, w.template, w.pains()
}

func (w *Wizard) say(format string, args ...any) { _, _ = fmt.Fprintf(w.out, format, args...) }

// line reads one answer.
func (w *Wizard) line() (string, error) {
	if !w.in.Scan() {
		return "", errors.Join(errEnded, w.in.Err())
	}
	return strings.TrimSpace(w.in.Text()), nil
}

// pickTemplate asks which template to start from, by number or name.
func (w *Wizard) pickTemplate() error {
	list := profile.Templates()
	if w.template == "" {
		w.say("Which is nearest to what you do? Everything can be changed afterwards.\n\n")
		for i, t := range list {
			w.say("  %d  %-14s %s\n     %s\n", i+1, t.Name, t.Title, t.Description)
		}
	}
	for w.template == "" {
		w.say("\nNumber or name [1]: ")
		answer, err := w.line()
		if err != nil {
			return err
		}
		if answer == "" {
			answer = "1"
		}
		if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(list) {
			answer = list[n-1].Name
		}
		if _, err := profile.TemplateFiles(answer); err != nil {
			w.complain(err)
			continue
		}
		w.template = answer
	}
	docs, err := profile.TemplateFiles(w.template)
	if err != nil {
		return err
	}
	w.set, err = profile.Compile(w.template, 1, docs)
	return err
}

// question asks until the answer fits.
func (w *Wizard) question(q question) error {
	if q.given(w.answers) {
		return nil
	}
	for {
		now := q.now(w)
		w.say("%s [%s]: ", q.prompt, now)
		answer, err := w.line()
		if err != nil {
			return err
		}
		if answer == "" {
			return nil
		}
		next := w.answers
		if err = q.take(&next, answer); err == nil {
			_, err = profile.Compose(next, w.template)
		}
		if err == nil {
			w.answers = next
			return nil
		}
		w.complain(err)
	}
}

// complain says why an answer does not fit: the message alone, since the place is in a file that is not written yet.
func (w *Wizard) complain(err error) {
	if faults := profile.FaultsOf(err); len(faults) > 0 {
		w.say("  %s %s\n", faults[0].Message, faults[0].Hint)
		return
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		w.say("  %s\n", f.Msg)
		return
	}
	w.say("  %s\n", err)
}

// pains shows the template's pains and lets the person strike some out.
func (w *Wizard) pains() error {
	if len(w.answers.DropPains) > 0 || len(w.answers.Pains) > 0 {
		return nil
	}
	list := w.set.PainPoints.PainPoints
	w.say("\nPains that you take away:\n")
	for i, p := range list {
		w.say("  %d  %s (weight %d): %s\n", i+1, p.Name, p.Weight, p.Description)
	}
	for {
		w.say("Numbers of those that do not apply, e.g. 2 5 [none]: ")
		answer, err := w.line()
		if err != nil {
			return err
		}
		next := w.answers
		next.DropPains, err = pick(list, answer)
		if err == nil {
			_, err = profile.Compose(next, w.template)
		}
		if err == nil {
			w.answers = next
			return nil
		}
		w.complain(err)
	}
}

// pick turns numbers into ids.
func pick(list []profile.PainPoint, answer string) ([]string, error) {
	var ids []string
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(list) {
			return nil, fault.Newf(fault.Invalid, "number_unknown", "%q is not a number from 1 to %d.", word, len(list))
		}
		ids = append(ids, list[n-1].ID)
	}
	return ids, nil
}
