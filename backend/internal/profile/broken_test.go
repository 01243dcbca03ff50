package profile_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/config/yamldoc"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

var update = flag.Bool("update", false, "write the golden messages anew")

// Each file of testdata/broken has the messages that it must give beside it, as NAME.golden.
func TestBrokenDocumentsSayWhereWhatAndHowToMend(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			kind, _, _ := strings.Cut(filepath.Base(path), "-")
			_, err = profile.Parse(kind, profile.FileName(kind), src)
			if !fault.Is(err, fault.Invalid) || fault.CodeOf(err) != "profile_invalid" {
				t.Fatalf("want an Invalid fault, got %v", err)
			}
			var got strings.Builder
			for _, f := range profile.FaultsOf(err) {
				if f.Message == "" || f.Hint == "" {
					t.Errorf("a fault lacks its message or remedy: %+v", f)
				}
				fmt.Fprintf(&got, "%s: %s\n    %s\n", f.Pos(), f.Message, f.Hint)
			}
			compareGolden(t, strings.TrimSuffix(path, ".yaml")+".golden", got.String())
		})
	}
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestParseRefusesWhatIsNoProfile(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, kind, src, want string }{
		{"oversize", "company", strings.Repeat("#", yamldoc.MaxBytes+1), "c.yaml: The file is 1048577 bytes"},
		{"binary", "company", "PK\x03\x04\x00", "c.yaml: The file is not text"},
		{"unknown kind", "pains", "a: 1", `There is no document of kind "pains".`},
		{"UTF-16", "company", "\xff\xfen\x00a\x00", "c.yaml: The file is not text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := profile.Parse(tt.kind, "c.yaml", []byte(tt.src))
			if got := profile.FaultsOf(err); len(got) != 1 || !strings.Contains(got[0].String(), tt.want) {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

func TestManyFaultsAreBounded(t *testing.T) {
	t.Parallel()
	src := "pain_points:\n" + strings.Repeat("  - {id: A B}\n", 90)
	_, err := profile.Parse(profile.KindPainPoints, "p.yaml", []byte(src))
	got := profile.FaultsOf(err)
	if len(got) != 51 || got[50].Message != "There are 310 more faults." {
		t.Errorf("%d faults, last %v", len(got), got[len(got)-1])
	}
}
