package lead

import (
	"testing"

	"pgregory.net/rapid"
)

func TestA35_CellsThatWouldRunAreTextAndComeBack(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-2+3+cmd": "'-2+3+cmd",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "  =1": "'  =1", "\"=1": "'\"=1", "'=1": "''=1", "+91 98765 43210": "+91 98765 43210",
		"-5": "-5", "+1-2": "+1-2", "plain": "plain", "": "", "- a list": "'- a list",
	} {
		if got := GuardCell(in); got != want {
			t.Errorf("GuardCell(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("'=+-@\t\r \"a1 ("))).Draw(t, "cell")
		if got := UnguardCell(GuardCell(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}
