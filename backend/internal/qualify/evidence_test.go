package qualify_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"winnow/backend/internal/qualify"
)

func input(content string) qualify.Input {
	return qualify.Input{Content: content, Title: "Owner", Company: "Vora Plastic", Location: "Rajkot, India"}
}

func draft(claims ...qualify.Claim) qualify.Draft {
	return qualify.Draft{Evidence: "explicit", Urgency: "high", Authority: "decision_maker", Specificity: 10, Fit: "in", Claims: claims}
}

func TestCheckMendsOffsetsAndDropsWhatIsNotThere(t *testing.T) {
	t.Parallel()
	in := input("Zoë says: stock never matches 📦. Really, stock never matches.")
	tests := []struct {
		name  string
		claim qualify.Claim
		start int // -1: dropped
	}{
		{"right offsets stay", qualify.Claim{Part: "pain", ID: "light", Field: "content", Quote: "stock never matches", Start: 10, End: 29}, 10},
		{"absent offsets are found", qualify.Claim{Part: "pain", ID: "light", Field: "content", Quote: "stock never matches", Start: -1, End: -1}, 10},
		{"nearest place wins", qualify.Claim{Part: "pain", ID: "light", Field: "content", Quote: "stock never matches", Start: 40, End: 50}, 41},
		{"other case is not literal", qualify.Claim{Part: "pain", ID: "light", Field: "content", Quote: "Stock never matches"}, -1},
		{"paraphrase", qualify.Claim{Part: "pain", ID: "light", Field: "content", Quote: "stock does not match"}, -1},
		{"right words in another field", qualify.Claim{Part: "pain", ID: "light", Field: "title", Quote: "Owner"}, -1},
		{"unknown pain", qualify.Claim{Part: "pain", ID: "nope", Field: "content", Quote: "stock never matches"}, -1},
		{"unknown field", qualify.Claim{Part: "pain", ID: "light", Field: "notes", Quote: "stock never matches"}, -1},
		{"empty quote", qualify.Claim{Part: "pain", ID: "light", Field: "content"}, -1},
		{"too short for a pain", qualify.Claim{Part: "pain", ID: "light", Field: "content", Quote: "stock"}, -1},
		{"decomposed accent is composed", qualify.Claim{Part: "evidence", Value: "implied", Field: "content", Quote: "Zoe\u0308 says"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := qualify.Check(painSet(), in, draft(tt.claim))
			if tt.start < 0 {
				if len(got.Claims) != 0 || got.Dropped != 1 {
					t.Fatalf("claims %+v dropped %d, want none kept and one dropped", got.Claims, got.Dropped)
				}
				return
			}
			if len(got.Claims) != 1 || got.Claims[0].Start != tt.start {
				t.Fatalf("claims %+v, want one at %d", got.Claims, tt.start)
			}
		})
	}
}

func TestPartsWithoutClaimsFallToTheirFloor(t *testing.T) {
	t.Parallel()
	got := qualify.Check(painSet(), input("nothing here supports anything"), draft())
	want := qualify.Parts{Evidence: "none", Authority: "unknown", Urgency: "none", Fit: "unclear"}
	if got.Evidence != want.Evidence || got.Authority != want.Authority || got.Urgency != want.Urgency || got.Specificity != 0 || got.Fit != want.Fit || got.Grade != "D" {
		t.Fatalf("parts %+v grade %s, want floors and D", got.Parts, got.Grade)
	}
}

func TestClaimsNeverRaiseWhatTheDraftSays(t *testing.T) {
	t.Parallel()
	d := draft(
		qualify.Claim{Part: "urgency", Value: "high", Field: "content", Quote: "this week"},
		qualify.Claim{Part: "specificity", ID: "quantified", Field: "content", Quote: "nine orders"},
		qualify.Claim{Part: "specificity", ID: "tool", Field: "content", Quote: "in Excel"},
	)
	d.Urgency, d.Specificity = "low", 3
	got := qualify.Check(painSet(), input("lost nine orders this week in Excel"), d)
	if got.Urgency != "low" || got.Specificity != 3 {
		t.Fatalf("urgency %s specificity %d, want low and 3", got.Urgency, got.Specificity)
	}
}

func TestDisqualifierNeedsAQuoteExceptEmpty(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, content, code string
		claims              []qualify.Claim
		want                string
	}{
		{"empty content", " \n", "empty", nil, "empty"},
		{"not really empty", "hello there", "empty", nil, ""},
		{"vendor without quote", "we sell ERP", "vendor_selling", nil, ""},
		{"vendor with quote", "we sell ERP", "vendor_selling", []qualify.Claim{{Part: "disqualifier", ID: "vendor_selling", Field: "content", Quote: "we sell ERP"}}, "vendor_selling"},
		{"geography from location", "hello", "wrong_geo", []qualify.Claim{{Part: "disqualifier", ID: "wrong_geo", Field: "location", Quote: "Rajkot, India"}}, "wrong_geo"},
		{"another code than the draft's", "we sell ERP", "spam", []qualify.Claim{{Part: "disqualifier", ID: "vendor_selling", Field: "content", Quote: "we sell ERP"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := draft(tt.claims...)
			d.Disqualifier = tt.code
			if got := qualify.Check(painSet(), input(tt.content), d); got.Disqualifier != tt.want || (tt.want != "" && got.Grade != "D") {
				t.Fatalf("disqualifier %q grade %s, want %q", got.Disqualifier, got.Grade, tt.want)
			}
		})
	}
}

func TestStoredClaimsRecomputeToTheSameScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, d := drawCase(t)
		got := qualify.Check(painSet(), in, d)
		if _, again := qualify.Recompute(painSet(), got.Claims, nil); again.Score != got.Score || again.Grade != got.Grade {
			t.Fatalf("stored %d %s, recomputed %d %s", got.Score, got.Grade, again.Score, again.Grade)
		}
	})
}

// TestL3_EveryKeptQuoteIsLiteral draws true quotes and near misses (one letter changed, dropped or doubled, other case,
// other spacing) and demands: kept ⇒ literally at its offsets; near miss that is nowhere ⇒ dropped.
func TestL3_EveryKeptQuoteIsLiteral(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, d := drawCase(t)
		got := qualify.Check(painSet(), in, d)
		for _, c := range got.Claims {
			text := []rune(norm.NFC.String(in.Text(c.Field)))
			if c.Start < 0 || c.End > len(text) || string(text[c.Start:c.End]) != c.Quote {
				t.Fatalf("claim %+v is not literally in %q", c, string(text))
			}
		}
		for _, c := range d.Claims {
			literal := strings.Contains(norm.NFC.String(in.Text(c.Field)), norm.NFC.String(c.Quote))
			if literal {
				continue
			}
			for _, kept := range got.Claims {
				if kept.Quote == norm.NFC.String(c.Quote) && kept.Field == c.Field {
					t.Fatalf("near miss %q was kept", c.Quote)
				}
			}
		}
	})
}

func drawCase(t *rapid.T) (qualify.Input, qualify.Draft) {
	word := rapid.StringMatching(`[a-zé€📦ب]{1,7}`)
	words := rapid.SliceOfN(word, 3, 20).Draw(t, "words")
	in := input(strings.Join(words, rapid.SampledFrom([]string{" ", "\n", "  "}).Draw(t, "gap")))
	var claims []qualify.Claim
	for range rapid.IntRange(0, 6).Draw(t, "claims") {
		claims = append(claims, drawClaim(t, in))
	}
	d := draft(claims...)
	d.Specificity = rapid.IntRange(0, 10).Draw(t, "specificity")
	d.Evidence = rapid.SampledFrom([]string{"explicit", "requirement", "implied", "none"}).Draw(t, "evidence")
	return in, d
}

func drawClaim(t *rapid.T, in qualify.Input) qualify.Claim {
	text := []rune(in.Content)
	from := rapid.IntRange(0, len(text)-1).Draw(t, "from")
	to := rapid.IntRange(from+1, len(text)).Draw(t, "to")
	quote := string(text[from:to])
	switch rapid.IntRange(0, 5).Draw(t, "miss") {
	case 1:
		quote = strings.ToUpper(quote)
	case 2:
		quote += "z"
	case 3:
		_, n := utf8.DecodeRuneInString(quote)
		quote = quote[:n] + quote
	case 4:
		quote = strings.ReplaceAll(quote, " ", "  ")
	case 5:
		quote = "\u200b" + quote
	}
	c := qualify.Claim{Field: "content", Quote: quote, Start: rapid.IntRange(-1, 99).Draw(t, "start"), End: -1}
	c.Part = rapid.SampledFrom([]string{"pain", "evidence", "urgency", "authority", "specificity", "fit"}).Draw(t, "part")
	switch c.Part {
	case "pain":
		c.ID = rapid.SampledFrom([]string{"light", "heavy", "nope"}).Draw(t, "pain")
	case "specificity":
		c.ID = rapid.SampledFrom([]string{"quantified", "scale", "tool"}).Draw(t, "kind")
	}
	return c
}
