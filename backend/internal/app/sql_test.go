package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sqlMethods take SQL as their first argument; the rest of theirs is bound.
func sqlMethods() map[string]bool {
	return map[string]bool{
		"Raw": true, "Exec": true, "Where": true, "Or": true, "Not": true, "Order": true, "Joins": true, "Select": true, "Group": true, "Having": true, "Expr": true,
		"Pluck": true, "Table": true, "Distinct": true, "InnerJoins": true, "QueryRow": true, "QueryContext": true, "ExecContext": true, "QueryRowContext": true,
	}
}

// finders take conditions after the destination as SQL text, unbound when it is a string of somebody's.
func finders() map[string]bool {
	return map[string]bool{"First": true, "Take": true, "Last": true, "Find": true}
}

// sqlWords is text that reads like SQL with a hole in it.
var sqlWords = regexp.MustCompile(`(?i)\b(select|insert into|update|delete from|where|order by|group by|join)\b.*%[a-z]`) //nolint:gochecknoglobals // a pattern

// TestA19_SQLIsNeverMadeOfText reads the source: values reach SQL as bound parameters only, names as constants.
func TestA19_SQLIsNeverMadeOfText(t *testing.T) {
	t.Parallel()
	calls, used := 0, map[string]bool{}
	for _, files := range sources(t, "../..") {
		consts := constants(files)
		for _, f := range files {
			n, faults := inspectSQL(f, consts)
			calls += n
			if len(faults) > 0 && !excused(f.name(), used) {
				t.Error(strings.Join(faults, "\n"))
			}
		}
	}
	if len(used) != len(exceptions()) {
		t.Errorf("exceptions that are none any more: have %v, used %v", exceptions(), used)
	}
	if calls < 50 {
		t.Fatalf("only %d calls were looked at", calls)
	}
}

func TestA19_TheReaderSeesWhatItIsFor(t *testing.T) {
	t.Parallel()
	for line, bad := range map[string]bool{
		`g.Where("name = '" + s + "'")`:                           true,
		`g.Order(fmt.Sprintf("%s desc", s))`:                      true,
		`g.Order(strings.Join(cols, ","))`:                        true,
		`g.First(&x, s)`:                                          true,
		`q := fmt.Sprintf("SELECT * FROM leads WHERE n = %s", s)`: true,
		`g.Exec(head + rows)`:                                     true,
		`g.Where("name = ?", s)`:                                  false,
		`g.Exec(head + " tail", s)`:                               false,
		`g.First(&x, "id = ?", s)`:                                false,
		`fmt.Sprintf("select %d of these", n)`:                    true, // rather one too many
		`log.Select("a" + s.b())`:                                 true,
		`fmt.Sprintf("%d leads", n)`:                              false,
	} {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, "x.go", "package x\nconst head = `a`\nfunc f() { "+line+" }", parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		src := source{set, f}
		if _, faults := inspectSQL(src, constants([]source{src})); (len(faults) > 0) != bad {
			t.Errorf("%s: %v", line, faults)
		}
	}
}

// inspectSQL counts a file's calls that take SQL and lists those that are given text put together.
func inspectSQL(f source, consts map[string]bool) (calls int, faults []string) {
	ast.Inspect(f.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		report := func(what string) { faults = append(faults, f.set.Position(call.Pos()).String()+": "+what) }
		switch name := sel.Sel.Name; {
		case sqlMethods()[name]:
			calls++
			if made(call.Args[0], consts) {
				report(name + " is given SQL made of text; bind the value, or choose among constants")
			}
		case finders()[name] && len(call.Args) > 1 && isUnary(call.Args[0]) && !constant(call.Args[1], consts):
			report(name + " with a condition that is no constant; use Where with bound values")
		case strings.HasPrefix(name, "Sprintf") && sqlWords.MatchString(text(call.Args[0])):
			report("SQL by Sprintf")
		}
		return true
	})
	return calls, faults
}

// exceptions are files that put a statement together of constants alone, and why they may.
func exceptions() map[string]string {
	return map[string]string{"internal/lead/judgements.go": "constants, and as many rows of question marks as there are values"}
}

func excused(file string, used map[string]bool) bool {
	for suffix := range exceptions() {
		if strings.HasSuffix(filepath.ToSlash(file), suffix) {
			used[suffix] = true
			return true
		}
	}
	return false
}

type source struct {
	set  *token.FileSet
	file *ast.File
}

func (s source) name() string { return s.set.Position(s.file.Pos()).Filename }

func sources(t *testing.T, root string) map[string][]source {
	t.Helper()
	out := map[string][]source{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if os.IsNotExist(err) {
			return nil // gone since the walk began
		}
		out[filepath.Dir(path)] = append(out[filepath.Dir(path)], source{set, f})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// constants are the names of a package's constants.
func constants(files []source) map[string]bool {
	out := map[string]bool{}
	for _, f := range files {
		ast.Inspect(f.file, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
				for _, s := range d.Specs {
					for _, name := range s.(*ast.ValueSpec).Names {
						out[name.Name] = true
					}
				}
			}
			return true
		})
	}
	return out
}

// made reports whether an argument is text put together of more than constants.
func made(e ast.Expr, consts map[string]bool) bool {
	switch v := e.(type) {
	case *ast.ParenExpr:
		return made(v.X, consts)
	case *ast.BinaryExpr:
		return v.Op == token.ADD && (!constant(v.X, consts) || !constant(v.Y, consts))
	case *ast.CallExpr:
		sel, ok := v.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		pkg, ok := sel.X.(*ast.Ident)
		return ok && (pkg.Name == "fmt" || pkg.Name == "strings")
	}
	return false
}

func constant(e ast.Expr, consts map[string]bool) bool {
	switch v := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return consts[v.Name]
	case *ast.ParenExpr:
		return constant(v.X, consts)
	case *ast.BinaryExpr:
		return constant(v.X, consts) && constant(v.Y, consts)
	}
	return false
}

func isUnary(e ast.Expr) bool {
	u, ok := e.(*ast.UnaryExpr)
	return ok && u.Op == token.AND
}

func text(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok {
		return l.Value
	}
	return ""
}
