package normalise_test

import (
	"testing"
	"time"

	"winnow/backend/internal/intake/normalise"
)

// Input 8 of the list of real inputs that broke other tools.
func TestDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in    string
		order normalise.DateOrder
		want  string // RFC 3339, or a problem's code
	}{
		{"2024-01-15", "", "2024-01-15T00:00:00Z"},
		{"01/20/2024", "", "2024-01-20T00:00:00Z"},
		{"20.03.2024", "", "2024-03-20T00:00:00Z"},
		{"03.04.2024", "", "2024-04-03T00:00:00Z"},
		{"15-Jan-2024", "", "2024-01-15T00:00:00Z"},
		{"7-Feb-22", "", "2022-02-07T00:00:00Z"},
		{"12 Mar 2024", "", "2024-03-12T00:00:00Z"},
		{"2024-01-20T14:30:00Z", "", "2024-01-20T14:30:00Z"},
		{"2024-06-01T08:12:34-05:00", "", "2024-06-01T13:12:34Z"},
		{"2026-08-01 02:00:00 UTC", "", "2026-08-01T02:00:00Z"},
		{"8/2/26, 2:00 PM", "mdy", "2026-08-02T14:00:00Z"},
		{"3/15/2024 2:30 PM", "", "2024-03-15T14:30:00Z"},
		{"1705314600", "", "2024-01-15T10:30:00Z"},
		{"1705314600000", "", "2024-01-15T10:30:00Z"},
		{"45292", "", "2024-01-01T00:00:00Z"},
		{"45292.5", "", "2024-01-01T12:00:00Z"},
		{"03/04/2024", "", "date_ambiguous"},
		{"12/3/2021", "dmy", "2021-03-12T00:00:00Z"},
		{"12/3/2021", "mdy", "2021-12-03T00:00:00Z"},
		{"05/05/2024", "", "2024-05-05T00:00:00Z"},
		{"2024-13-01", "", "date_invalid"},
		{"31.02.2024", "", "date_invalid"},
		{"07/30/2023", "dmy", "2023-07-30T00:00:00Z"},
		{"Nov-50", "", "date_invalid"},
		{"42", "", "date_invalid"},
	} {
		got, _, p := normalise.Date(c.in, c.order)
		text := got.Format(time.RFC3339)
		if p != nil {
			text = p.Code
		}
		if text != c.want {
			t.Errorf("%q (%s): %s, want %s", c.in, c.order, text, c.want)
		}
	}
}

func TestDateOrderIsDecidedByTheColumn(t *testing.T) {
	t.Parallel()
	for want, values := range map[normalise.DateOrder][]string{
		normalise.OrderDayMonth: {"03/04/2024", "25/12/2024"},
		normalise.OrderMonthDay: {"03/04/2024", "12/25/2024"},
		normalise.OrderUnknown:  {"03/04/2024", "25/12/2024", "12/25/2024"},
	} {
		var c normalise.DateColumn
		for _, v := range values {
			c.Add(v)
		}
		if c.Order() != want {
			t.Errorf("%v: %q, want %q", values, c.Order(), want)
		}
	}
}
