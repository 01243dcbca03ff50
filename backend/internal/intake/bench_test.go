package intake_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"syscall"
	"testing"
	"time"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// rowsCSV makes a file of n different people with posts of a few sentences.
func rowsCSV(n int) []byte {
	r := rand.New(rand.NewSource(7))
	words := []string{"inventory", "spreadsheet", "orders", "shipping", "late", "warehouse", "customers", "quote", "invoice", "manual", "error", "week", "team", "software", "need", "looking", "supplier", "growth", "machine", "quality"}
	var b bytes.Buffer
	b.WriteString("Name,Email,Phone,Company,Title,Country,LinkedIn URL,Content\n")
	for i := range n {
		fmt.Fprintf(&b, "Person %d Test%d,person%d@firm%d.example,+1 512 %03d %04d,Firm %d Inc,Owner,United States,https://www.linkedin.com/in/person-%d,\"", i, i%977, i, i%9000, 200+i/10000%700, i%10000, i%9000, i)
		for range 30 {
			b.WriteString(words[r.Intn(len(words))] + " ")
		}
		b.WriteString("\"\n")
	}
	return b.Bytes()
}

// cpuSeconds is the processor time of this process: it says more than the clock on a machine with other work.
func cpuSeconds(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func BenchmarkImport(b *testing.B) {
	file := rowsCSV(20000)
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				h := newHouse(b, open(b))
				began, cpu := time.Now(), cpuSeconds(b)
				imp := h.bring(b, "people.csv", file, intake.Options{})
				b.ReportMetric(float64(imp.RowsTotal)/time.Since(began).Seconds(), "leads/s")
				b.ReportMetric(float64(imp.RowsTotal)/(cpuSeconds(b)-cpu), "leads/cpu-s") // of this process, without the server's
				if imp.Created != 20000 {
					b.Fatalf("%+v", imp)
				}
			}
		})
	}
}
