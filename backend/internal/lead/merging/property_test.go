package merging_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// world is a handful of leads that things happen to, and what may come of it.
type world struct {
	*house
	rt      *rapid.T
	leads   []string
	group   map[string][]string                     // live lead → those it stands for, itself among them
	done    []string                                // merges that stand
	undone  []string                                // merges that may be done again
	allowed map[string]map[string]map[string]string // lead → field → value that it may have in the end → why
	last    map[string][]string                     // field and value of an edit → leads of which one must have it in the end
	serial  int
}

func edited() []string {
	return []string{"name", "title", "email", "phone", "country", "custom.budget", "custom.size"}
}

// TestUndoingAllMergesPutsEverythingBack: whatever is merged, edited, undone and done again in whatever order, once every
// merge is undone each lead has every field and every child that it had, byte for byte, save what was changed since, and
// of that nothing is lost.
func TestUndoingAllMergesPutsEverythingBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		rapid.Check(t, func(rt *rapid.T) {
			w := newWorld(h, rt)
			before := h.dump(w.leads...)
			for range rapid.IntRange(3, 14).Draw(rt, "steps") {
				w.step()
				w.holds()
			}
			for len(w.done) > 0 {
				w.undoOne()
			}
			w.check(before, h.dump(w.leads...))
		})
	})
}

func newWorld(h *house, rt *rapid.T) *world {
	w := &world{house: h, rt: rt, group: map[string][]string{}, allowed: map[string]map[string]map[string]string{}, last: map[string][]string{}}
	maybe := func(label, v string) string {
		if rapid.Bool().Draw(rt, label) {
			return v
		}
		return ""
	}
	for i := range rapid.IntRange(2, 5).Draw(rt, "leads") {
		mark := id.New()[24:]
		l := lead.Lead{
			Name: rapid.SampledFrom([]string{"", "Ann Lee", "Bo"}).Draw(rt, "name"), Title: maybe("title", fmt.Sprint("Title ", i)), Company: maybe("company", fmt.Sprint("Firm ", i)),
			Email: maybe("email", mark+"@acme.test"), Phone: maybe("phone", "+49"+mark), Country: rapid.SampledFrom([]string{"", "DE", "IN"}).Draw(rt, "country"), Source: rapid.SampledFrom([]string{"", "file", "linkedin"}).Draw(rt, "source"),
			Content: maybe("content", "words "+mark), Grade: rapid.SampledFrom([]string{"", "A", "C"}).Draw(rt, "grade"), Tags: tags("t" + mark),
		}
		if rapid.Bool().Draw(rt, "custom") {
			l.Custom = custom("budget", strconv.Itoa(i), "empty", "")
		}
		one := h.lead(l)
		h.clock.Advance(time.Minute)
		w.leads = append(w.leads, one)
		w.group[one] = []string{one}
		w.allowed[one] = map[string]map[string]string{}
	}
	return w
}

func (w *world) step() {
	w.clock.Advance(time.Minute)
	switch rapid.SampledFrom([]string{"edit", "edit", "merge", "merge", "undo", "redo", "tag", "child"}).Draw(w.rt, "what") {
	case "edit":
		w.edit()
	case "merge":
		w.mergeSome()
	case "undo":
		if len(w.done) > 0 {
			w.undoOne()
		}
	case "redo":
		w.redoOne()
	case "tag":
		one := w.live("lead")
		w.serial++
		t := append(slices.Clone(w.get(one).Tags.V), fmt.Sprint("new", w.serial))
		if _, err := w.house.leads.Update(boss(w.tb), one, nil, lead.Change{Tags: &t}); err != nil {
			w.rt.Fatal(err)
		}
		w.allow(one, "tags", "", "")
	case "child":
		now := w.clock.Now()
		w.exec(`INSERT INTO lead_sightings (id, lead_id, source, raw, at) VALUES (?, ?, 'new', '{}', ?)`, id.New(), w.live("lead"), now)
	}
}

func (w *world) live(label string) string {
	return rapid.SampledFrom(w.alive()).Draw(w.rt, label)
}

func (w *world) alive() []string {
	return slices.DeleteFunc(slices.Clone(w.leads), func(one string) bool { return w.group[one] == nil })
}

func (w *world) edit() {
	one, field := w.live("lead"), rapid.SampledFrom(edited()).Draw(w.rt, "field")
	w.serial++
	v := fmt.Sprint("v", w.serial, "-", id.New()[24:])
	var c lead.Change
	if name, ok := strings.CutPrefix(field, "custom."); ok {
		c.Custom = map[string]*string{name: &v}
	} else {
		c.Text = map[string]string{field: v}
	}
	if _, err := w.house.leads.Update(boss(w.tb), one, nil, c); err != nil {
		w.rt.Fatal(err)
	}
	w.allow(one, field, v, "edit of "+one)
	for k, who := range w.last { // what this edit is newer than need not be kept by whom it was for
		if f, _, _ := strings.Cut(k, "\x00"); f == field && slices.ContainsFunc(who, func(l string) bool { return slices.Contains(w.group[one], l) }) {
			delete(w.last, k)
		}
	}
	w.last[field+"\x00"+v] = slices.Clone(w.group[one])
}

func (w *world) allow(one, field, v, why string) {
	for _, member := range w.group[one] {
		if w.allowed[member][field] == nil {
			w.allowed[member][field] = map[string]string{}
		}
		w.allowed[member][field][v] = why
	}
}

func (w *world) mergeSome() {
	if len(w.group) < 2 {
		return
	}
	all := rapid.Permutation(w.alive()).Draw(w.rt, "who")
	n := rapid.IntRange(2, min(3, len(all))).Draw(w.rt, "many")
	r := merging.Request{Survivor: all[0], Merged: all[1:n], Rule: rapid.SampledFrom(merging.Rules()).Draw(w.rt, "rule")}
	if rapid.Bool().Draw(w.rt, "by hand") {
		r.Picks = map[string]merging.Pick{rapid.SampledFrom(edited()).Draw(w.rt, "pick"): {LeadID: all[n-1]}}
	}
	out, err := w.merge.Merge(boss(w.tb), r)
	if err != nil {
		w.rt.Fatal(err)
	}
	w.done = append(w.done, out.ID)
	w.joined(all[0], all[1:n])
}

func (w *world) joined(into string, merged []string) {
	for _, m := range merged {
		w.group[into] = append(w.group[into], w.group[m]...)
		delete(w.group, m)
	}
}

func (w *world) undoOne() {
	i := rapid.IntRange(0, len(w.done)-1).Draw(w.rt, "which")
	m := w.done[i]
	plan, err := w.merge.Undo(boss(w.tb), m, nil, true)
	if err != nil {
		w.rt.Fatal(err)
	}
	answers := map[string]string{}
	for _, q := range plan.Questions() {
		answers[q.Field] = rapid.SampledFrom(q.Options).Draw(w.rt, "answer")
	}
	if _, err := w.merge.Undo(boss(w.tb), m, nil, false); len(answers) > 0 && !fault.Is(err, fault.Conflict) {
		w.rt.Fatalf("questions without answers: %v", err)
	} else if len(answers) > 0 {
		_, err = w.merge.Undo(boss(w.tb), m, answers, false)
		if err != nil {
			w.rt.Fatal(err)
		}
	} else if err != nil {
		w.rt.Fatal(err)
	}
	w.done = slices.Delete(w.done, i, i+1)
	w.undone = append(w.undone, m)
	w.regroup()
}

func (w *world) redoOne() {
	if len(w.undone) == 0 {
		return
	}
	i := rapid.IntRange(0, len(w.undone)-1).Draw(w.rt, "again")
	out, err := w.merge.Redo(boss(w.tb), w.undone[i], false)
	if fault.Is(err, fault.Conflict) {
		return // one of its leads is elsewhere
	}
	if err != nil {
		w.rt.Fatal(err)
	}
	w.undone = slices.Delete(w.undone, i, i+1)
	w.done = append(w.done, out.ID)
	w.regroup()
}

// regroup reads who stands for whom.
func (w *world) regroup() {
	w.group = map[string][]string{}
	for _, one := range w.leads {
		root, err := lead.Root(w.d.Read, one)
		if err != nil {
			w.rt.Fatal(err)
		}
		w.group[root] = append(w.group[root], one)
	}
}

// holds checks what is true at any time: all that hangs on leads hangs on live ones, and a live lead has the identity of
// its address.
func (w *world) holds() {
	for table := range map[string]bool{"lead_identities": true, "lead_sightings": true, "field_provenance": true, "analyses": true} {
		var stray int64
		if err := w.d.Read.Table(table).Where("lead_id IN (SELECT id FROM leads WHERE merged_into IS NOT NULL)").Count(&stray).Error; err != nil {
			w.rt.Fatal(err)
		}
		if stray > 0 {
			w.rt.Fatalf("%d rows of %s hang on merged leads", stray, table)
		}
	}
	for one := range w.group {
		w.identified(one)
	}
}

func (w *world) identified(one string) {
	l := w.get(one)
	for field, kind := range map[string]string{"email": lead.IdentityEmail, "phone": lead.IdentityPhone} {
		v := *l.Field(field)
		if v == "" {
			continue
		}
		var holder []string
		if err := w.d.Read.Table("lead_identities").Where("kind = ? AND value = ? AND live", kind, v).Pluck("lead_id", &holder).Error; err != nil {
			w.rt.Fatal(err)
		}
		if len(holder) != 1 || holder[0] != one {
			w.rt.Fatalf("%s %s of lead %s is the identity of %v", field, v, one, holder)
		}
	}
}

// check compares the end with the beginning.
func (w *world) check(before, after map[string]string) {
	for k, v := range before {
		if now, ok := after[k]; ok && now == v || w.excused(before, k) {
			continue
		}
		w.rt.Fatalf("%s was %s, is %q", k, v, after[k])
	}
	for k, v := range after {
		if _, ok := before[k]; !ok && strings.HasSuffix(k, ".first_lead_id") && v != "null" {
			w.rt.Fatalf("%s is %s once all is undone", k, v)
		}
	}
	held := map[string][]string{}
	for _, one := range w.leads {
		l := w.get(one)
		w.identified(one)
		for field, values := range w.allowed[one] {
			v := valueOf(&l, field)
			held[field+"\x00"+v] = append(held[field+"\x00"+v], one)
			if was := strings.Trim(before["leads "+one+"."+field], `"`); field != "tags" && values[v] == "" && !strings.HasPrefix(field, "custom.") && v != was {
				w.rt.Fatalf("%s of %s is %q: nobody gave it that; it had %q", field, one, v, was)
			}
		}
	}
	for k, who := range w.last {
		if len(held[k]) == 0 {
			w.rt.Fatalf("the edit %q of one of %v is lost", k, who)
		}
	}
}

func valueOf(l *lead.Lead, field string) string {
	if name, ok := strings.CutPrefix(field, "custom."); ok {
		return l.Custom.V[name]
	}
	if field == "tags" {
		return ""
	}
	return *l.Field(field)
}

// excused reports whether a column may differ because of an edit: the edited column of a lead, and of what hangs on it
// the provenance that the edit retired and the identity of the address that it replaced.
func (w *world) excused(before map[string]string, key string) bool {
	row, column := key[:strings.LastIndex(key, ".")], key[strings.LastIndex(key, ".")+1:]
	told := func(column string) string { return strings.Trim(before[row+"."+column], `"`) }
	switch table, one, _ := strings.Cut(row, " "); table {
	case "leads":
		fields := w.allowed[one]
		for f := range fields {
			if name, _, _ := strings.Cut(f, "."); name == column {
				return true
			}
		}
		return column == "last_activity_at" && len(fields) > 0
	case "field_provenance":
		return column == "current" && w.allowed[told("lead_id")][told("field")] != nil
	case "lead_identities":
		return w.allowed[told("lead_id")][told("kind")] != nil
	}
	return false
}
