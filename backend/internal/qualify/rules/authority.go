package rules

import (
	"strings"

	"winnow/backend/internal/qualify"
)

// authority reads the title, then what the text says of its author; with the claim that shows it.
func (r *reading) authority() (string, qualify.Claim) {
	if r.review {
		if s := r.d.any(r.a.voc.ownerReply); s >= 0 {
			return qualify.AuthorityDecisionMaker, r.sentClaim(r.a.voc.ownerReply)
		}
		return qualify.AuthorityUnknown, qualify.Claim{}
	}
	level := r.titleLevel()
	title := wholeField(qualify.PartAuthority, level, qualify.FieldTitle, r.in.Title)
	if level == qualify.AuthorityDecisionMaker {
		return level, title
	}
	if c, ok := r.saysOwner(level == qualify.AuthorityInfluencer); ok {
		return qualify.AuthorityDecisionMaker, c
	}
	if level == qualify.AuthorityInfluencer {
		return level, title
	}
	if lvl, c := r.roleInText(); lvl != "" {
		return lvl, c
	}
	if c, ok := r.saysWorker(); ok {
		return qualify.AuthorityInfluencer, c
	}
	return qualify.AuthorityUnknown, qualify.Claim{}
}

func (r *reading) titleLevel() string {
	v := r.a.voc
	title := " " + foldText(r.in.Title) + " "
	if strings.TrimSpace(title) == "" {
		return qualify.AuthorityUnknown
	}
	if r.title.all.has(v.deputy) {
		return qualify.AuthorityInfluencer
	}
	if r.title.all.has(v.decider) || containsAny(title, r.m.deciders) {
		return qualify.AuthorityDecisionMaker
	}
	if r.title.all.has(v.influence) || containsAny(title, r.m.influencers) {
		return qualify.AuthorityInfluencer
	}
	return qualify.AuthorityUnknown
}

func containsAny(text string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// saysOwner: "I own", "my factory" … ; with a lesser title only plain words of owning count.
func (r *reading) saysOwner(strict bool) (qualify.Claim, bool) {
	v := r.a.voc
	for s := range r.d.sents {
		if r.flags[s].other || r.d.has[s].has(v.familyFirm) {
			continue
		}
		for _, h := range r.d.of(s, v.selfOwner) {
			words := " " + foldText(string(r.d.runes[r.d.toks[h.from].start:r.d.toks[h.to-1].end])) + " "
			if strict && !containsAny(words, []string{" own ", " my company ", " my business ", " my firm ", " my factory ", " founder ", " owner "}) {
				continue
			}
			return r.contentClaim(r.d.around(s, h.from, h.to)), true
		}
		if h, ok := r.ownsBusiness(s); ok && !strict {
			return r.contentClaim(r.d.around(s, h.from, h.to)), true
		}
	}
	return qualify.Claim{}, false
}

// ownsBusiness: "I bought a 30 person sheet metal shop", "running a small garment unit"; running support is a job.
func (r *reading) ownsBusiness(s int) (hit, bool) {
	v := r.a.voc
	for _, h := range r.d.of(s, v.ownVerb) {
		if !r.d.has[s].has(v.first) && h.from > r.d.sents[s].lo {
			continue
		}
		if h.from > r.d.sents[s].lo && !r.meBefore(h.from) {
			continue
		}
		for _, b := range r.d.of(s, v.bizNoun) {
			if b.from >= h.to && b.from-h.to <= 8 && r.sameRun(h.to, b.from) {
				return h, true
			}
		}
	}
	return hit{}, false
}

// meBefore: I or we stand within three words before token i.
func (r *reading) meBefore(i int) bool {
	for j := max(0, i-3); j < i; j++ {
		switch r.d.toks[j].text {
		case "i", "we", "i'm", "we're", "i've", "we've", "me":
			return true
		}
	}
	return false
}

// sameRun: no clause ends between, and no preposition makes the business somebody else's ("run support at a startup").
func (r *reading) sameRun(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if r.d.toks[i].brk {
			return false
		}
		switch r.d.toks[i].text {
		case "at", "for", "in", "from", "of", "with":
			return false
		}
	}
	return true
}

// saysWorker: "I manage the warehouse", "my boss wants …".
func (r *reading) saysWorker() (qualify.Claim, bool) {
	v := r.a.voc
	for s := range r.d.sents {
		if r.flags[s].other || r.flags[s].past {
			continue
		}
		for _, h := range r.d.of(s, v.selfInfluence) {
			return r.contentClaim(r.d.around(s, h.from, h.to)), true
		}
	}
	return qualify.Claim{}, false
}

// roleInText: a sentence that opens with a role ("Practice owner, 5 chairs …"), or names it ("I'm the ops manager").
func (r *reading) roleInText() (string, qualify.Claim) {
	v := r.a.voc
	for s, sent := range r.d.sents {
		if r.flags[s].other {
			continue
		}
		for _, level := range []struct {
			c    concept
			name string
		}{{v.decider, qualify.AuthorityDecisionMaker}, {v.influence, qualify.AuthorityInfluencer}} {
			if level.name == qualify.AuthorityDecisionMaker && r.d.has[s].has(v.familyFirm) {
				continue
			}
			for _, h := range r.d.of(s, level.c) {
				opens := h.from <= sent.lo+2 && (level.name == qualify.AuthorityDecisionMaker || r.placed(h.to))
				named := r.selfBefore(h.from) || (r.note && h.from <= sent.lo+4 && level.name == qualify.AuthorityDecisionMaker)
				named = named || r.asRole(h.from) || r.noteOf(s, h) || s == 0 && h.from <= sent.lo+3 && r.in.Title == "" && !r.form && r.closes(h.to, sent.hi)
				if (opens || named) && !r.d.has[s].has(v.deputy) && !r.bossOfMine(h.from) {
					return level.name, r.contentClaim(r.d.around(s, h.from, h.to))
				}
			}
		}
	}
	return "", qualify.Claim{}
}

// placed: "ops manager at a wholesaler", "support lead here".
func (r *reading) placed(i int) bool {
	switch r.wordAfter(i) {
	case "here", "at", "for", "in", "of", "@":
		return true
	}
	return false
}

// selfBefore: "I'm the …", "I am an …", "as the …" just before token i.
func (r *reading) selfBefore(i int) bool {
	for j := max(0, i-4); j < i; j++ {
		switch r.d.toks[j].text {
		case "i'm", "im":
			return true
		case "i":
			if r.wordAfter(j+1) == "am" || r.wordAfter(j+1) == "work" {
				return true
			}
		}
	}
	return false
}

// asRole: "as CEO", "as the owner", "became inventory manager", "sole IT guy".
func (r *reading) asRole(i int) bool {
	for j := max(0, i-2); j < i; j++ {
		switch r.d.toks[j].text {
		case "as", "became", "become", "sole":
			return true
		}
	}
	return false
}

// noteOf: a colleague's note names whom it is about ("Spoke to store manager, says …").
func (r *reading) noteOf(s int, h hit) bool {
	return r.note && h.from <= r.d.sents[s].lo+6
}

// closes: the role is followed by a comma, a number or the end.
func (r *reading) closes(i, hi int) bool {
	if i >= hi || r.d.toks[i].brk {
		return true
	}
	switch r.d.toks[i].text {
	case "here", "at", "for", "in", "of", "guy", "person", "with", "+", "/":
		return true
	}
	return false
}

// bossOfMine: "my director", "our CEO", "the owner" is somebody else.
func (r *reading) bossOfMine(i int) bool {
	if i == 0 {
		return false
	}
	switch r.d.toks[i-1].text {
	case "my", "our", "the", "their", "his", "her", "mi", "unser", "mera", "hamare":
		return true
	}
	return false
}

func (r *reading) wordAfter(i int) string {
	if i < len(r.d.toks) {
		return r.d.toks[i].text
	}
	return ""
}
