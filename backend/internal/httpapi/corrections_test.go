package httpapi_test

import (
	"bytes"
	"net/http"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/corrections"
	"winnow/backend/internal/qualify/evalset"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/qualify/rules"
	"winnow/backend/internal/testkit"
)

const complaint = "We import auto spares, 9,000 part numbers, 2 warehouses and 18 staff. We promise parts we don't have 4-5 times every week. Need one system for stock and orders before the audit on 3rd December."

// judgeWorld is a leadWorld whose leads can be analysed by the rules.
func judgeWorld(t *testing.T, d *db.DB) (leadWorld, *judge.Service) {
	t.Helper()
	w := serveLeads(t, d)
	c := testkit.Clock()
	log := event.New(d, c, nil)
	an, err := rules.New()
	if err != nil {
		t.Fatal(err)
	}
	j := judge.New(d, c, log, lead.NewStore(d, c), profile.NewService(d, log, c), an)
	s := lead.NewService(lead.NewStore(d, c), log, httpapi.NewLeadRules("GB"))
	in := intake.New(intake.Config{DB: d, Log: log, Clock: c, Dir: t.TempDir(), Region: "GB"})
	w.api = serve(t, httpapi.NewAnalyses(j), httpapi.NewCorrections(corrections.New(j, s), c), httpapi.NewLeads(s, profile.NewService(d, log, c), in))
	return w, j
}

func (w leadWorld) analyses(path string) []httpapi.AnalysisResponse {
	w.t.Helper()
	var list httpapi.AnalysisList
	w.as(w.ann).do(http.MethodGet, path+"/analyses", nil).want(http.StatusOK).into(&list)
	return list.Items
}

func painKeys(a httpapi.AnalysisResponse) []string {
	var keys []string
	for _, c := range a.Claims {
		if c.Part == qualify.PartPain {
			keys = append(keys, c.Key)
		}
	}
	return keys
}

func TestACorrectionMovesTheLeadStaysWithLaterAnalysesAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w, j := judgeWorld(t, d)
		ann := w.as(w.ann)
		l := w.add(w.ann, map[string]any{"name": "Mia Wong", "title": "Founder & CEO", "location": "Sharjah, UAE", "content": complaint})
		path := "/leads/" + l.ID
		analyze := map[string]any{"lead_id": l.ID, "analyzer": "rules"}
		ann.do(http.MethodPost, "/leads/analyze", analyze).want(http.StatusOK)
		first := w.analyses(path)[0]
		off := painKeys(first)
		if len(off) == 0 || first.Correction != nil {
			t.Fatalf("pains %v, correction %v", off, first.Correction)
		}
		url := path + "/analyses/" + first.ID + "/correction"
		lead := func() (got httpapi.LeadResponse) {
			ann.do(http.MethodGet, path, nil).want(http.StatusOK).into(&got)
			return got
		}

		var made httpapi.CorrectionResponse
		ann.do(http.MethodPut, url, map[string]any{"off": off, "note": " a joke "}).want(http.StatusOK).into(&made)
		if made.Score >= first.Score || made.Note != "a joke" || made.By == nil || *made.By != w.ann.UserID {
			t.Errorf("from %d: %+v", first.Score, made)
		}
		if got := lead(); *got.Score != made.Score || *got.Grade != made.Grade || got.TopPain != nil {
			t.Errorf("the lead says %d %s %v, want %d %s and no pain", *got.Score, *got.Grade, got.TopPain, made.Score, made.Grade)
		}
		if kept := w.analyses(path)[0]; kept.Score != first.Score || kept.Correction == nil || len(kept.Correction.Off) != len(off) {
			t.Errorf("the analysis itself changed, or lost its correction: %+v", kept)
		}

		labelled := func() (grades []string) {
			err := j.EachLabelled(t.Context(), func(l judge.Labelled) error {
				grades = append(grades, l.Grade+" "+l.Evidence+" "+l.Note)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return grades
		}
		if got := labelled(); len(got) != 1 || got[0] != made.Grade+" none a joke" {
			t.Errorf("labelled: %v, want one of grade %s", got, made.Grade)
		}

		ann.do(http.MethodPost, "/leads/analyze", analyze).want(http.StatusOK)
		if got := labelled(); len(got) != 1 {
			t.Errorf("labelled after a later analysis: %v, want that one alone", got)
		}
		again := w.analyses(path)
		var newest httpapi.AnalysisResponse
		for _, a := range again {
			if a.ID != first.ID {
				newest = a
			}
		}
		if len(again) != 2 || newest.Correction == nil || newest.Correction.Note != "a joke" || *lead().Score != made.Score {
			t.Fatalf("a later analysis forgot the correction: %+v; the lead has %d", newest.Correction, *lead().Score)
		}

		ann.do(http.MethodDelete, path+"/analyses/"+newest.ID+"/correction", nil).want(http.StatusNoContent)
		if got := lead(); *got.Score != first.Score || got.TopPain == nil {
			t.Errorf("taken back, the lead says %d %v, want %d and its pain", *got.Score, got.TopPain, first.Score)
		}
		ann.do(http.MethodDelete, path+"/analyses/"+newest.ID+"/correction", nil).want(http.StatusNotFound)
		// A correction of an older analysis is kept but moves nothing.
		ann.do(http.MethodPut, url, map[string]any{"off": off}).want(http.StatusOK)
		if *lead().Score != first.Score {
			t.Errorf("an older analysis moved the lead to %d", *lead().Score)
		}
	})
}

func TestACorrectionNamesWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w, _ := judgeWorld(t, d)
		l := w.add(w.ann, map[string]any{"name": "Mia Wong", "title": "Founder & CEO", "location": "Sharjah, UAE", "content": complaint})
		path := "/leads/" + l.ID
		w.as(w.ann).do(http.MethodPost, "/leads/analyze", map[string]any{"lead_id": l.ID}).want(http.StatusOK)
		url := path + "/analyses/" + w.analyses(path)[0].ID + "/correction"
		for _, c := range []struct {
			body   map[string]any
			who    string
			status int
		}{
			{map[string]any{"off": []string{}}, "ann", http.StatusBadRequest},
			{map[string]any{"off": []string{"c999"}}, "ann", http.StatusBadRequest},
			{map[string]any{"off": []string{"c1"}, "note": string(make([]rune, 1001))}, "ann", http.StatusBadRequest},
			{map[string]any{"off": []string{"c1"}}, "bob", http.StatusNotFound},
			{map[string]any{"off": []string{"c1"}}, "look", http.StatusForbidden},
		} {
			v := w.ann
			switch c.who {
			case "bob":
				v = w.bob
			case "look":
				v = w.onlook
			}
			w.as(v).do(http.MethodPut, url, c.body).want(c.status)
		}
		if w.analyses(path)[0].Correction != nil {
			t.Error("a refused correction was kept")
		}
	})
}

func TestCorrectionsAreReadAsLabelledLeadsByAdministrators(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w, _ := judgeWorld(t, d)
		boss := w.as(w.boss)
		if a := boss.do(http.MethodGet, "/corrections", nil).want(http.StatusOK); len(a.body) != 0 {
			t.Errorf("without a correction: %s", a.body)
		}
		for _, name := range []string{"Mia Wong", "Leo Wong"} {
			l := w.add(w.ann, map[string]any{"name": name, "title": "Founder & CEO", "location": "Sharjah, UAE", "content": complaint})
			w.as(w.ann).do(http.MethodPost, "/leads/analyze", map[string]any{"lead_id": l.ID, "analyzer": "rules"}).want(http.StatusOK)
			first := w.analyses("/leads/" + l.ID)[0]
			w.as(w.ann).do(http.MethodPut, "/leads/"+l.ID+"/analyses/"+first.ID+"/correction", map[string]any{"off": painKeys(first)}).want(http.StatusOK)
			if name == "Leo Wong" {
				w.as(w.ann).do(http.MethodDelete, "/leads/"+l.ID, nil).want(http.StatusNoContent)
			}
		}
		a := boss.do(http.MethodGet, "/corrections?format=jsonl", nil).want(http.StatusOK)
		if a.header.Get("Content-Type") != "application/jsonl" || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v", a.header)
		}
		got, err := evalset.Load(bytes.NewReader(a.body))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || got[0].Lead.Name != "Mia Wong" || len(got[0].Label.PainPoints) != 0 || got[0].Label.Evidence != "none" || got[0].Profile == "" {
			t.Errorf("%+v, want the one live lead without its pains", got)
		}
		boss.do(http.MethodGet, "/corrections?format=csv", nil).want(http.StatusBadRequest)
		for _, v := range []account.Viewer{w.ann, w.onlook} {
			w.as(v).do(http.MethodGet, "/corrections", nil).want(http.StatusForbidden)
		}
	})
}
