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
	title := wholeField(qualify.PartAuthority, "", level, qualify.FieldTitle, r.in.Title)
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
	}
	return qualify.Claim{}, false
}

// roleInText: a sentence that opens with a role ("Practice owner, 5 chairs …"), or names it ("I'm the ops manager").
func (r *reading) roleInText() (string, qualify.Claim) {
	v := r.a.voc
	for s, sent := range r.d.sents {
		if r.flags[s].other || r.d.has[s].has(v.familyFirm) {
			continue
		}
		for _, level := range []struct {
			c    concept
			name string
		}{{v.decider, qualify.AuthorityDecisionMaker}, {v.influence, qualify.AuthorityInfluencer}} {
			for _, h := range r.d.of(s, level.c) {
				opens := h.from <= sent.lo+2 && (level.name == qualify.AuthorityDecisionMaker || r.placed(h.to))
				named := r.selfBefore(h.from) || (r.note && h.from <= sent.lo+4 && level.name == qualify.AuthorityDecisionMaker)
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
