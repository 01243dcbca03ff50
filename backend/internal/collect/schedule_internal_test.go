package collect

import (
	"testing"
	"time"
)

func TestNextRun(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for name, c := range map[string]struct {
		schedule, now, last string
		least               time.Duration
		want                string
	}{
		"by the clock on the wall":           {schedule: "0 8 * * *", now: "2026-01-10T06:30:00Z", want: "2026-01-10T07:00:00Z"},
		"in summer too":                      {schedule: "0 8 * * *", now: "2026-07-10T05:30:00Z", want: "2026-07-10T06:00:00Z"},
		"on the night that loses an hour":    {schedule: "30 2 * * *", now: "2026-03-28T12:00:00Z", want: "2026-03-30T00:30:00Z"},
		"on workdays":                        {schedule: "0 8 * * 1-5", now: "2026-01-10T06:30:00Z", want: "2026-01-12T07:00:00Z"},
		"by a word":                          {schedule: "@weekly", now: "2026-01-10T06:30:00Z", want: "2026-01-10T23:00:00Z"},
		"not sooner than the place allows":   {schedule: "* * * * *", now: "2026-01-10T06:30:00Z", last: "2026-01-10T06:30:00Z", least: 6 * time.Minute, want: "2026-01-10T06:36:00Z"},
		"a day that never comes":             {schedule: "0 0 30 2 *", now: "2026-01-10T06:30:00Z"},
		"no schedule":                        {now: "2026-01-10T06:30:00Z"},
		"what was missed is made good later": {schedule: "0 * * * *", now: "2026-01-10T06:30:00Z", last: "2026-01-01T06:30:00Z", want: "2026-01-10T07:00:00Z"},
	} {
		var last *time.Time
		if c.last != "" {
			l := at(c.last)
			last = &l
		}
		got, err := next(c.schedule, zone, at(c.now), last, c.least)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.want == "" != (got == nil) || got != nil && !got.Equal(at(c.want)) {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}
