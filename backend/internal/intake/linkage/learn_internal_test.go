package linkage

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

// Learning on all processors gives the model that one gives.
func TestLearningAloneGivesTheSameModel(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	var records []Record
	for i := range 800 {
		given, family := fmt.Sprintf("Nam%c", 'a'+rune(r.IntN(20))), fmt.Sprintf("Fami%c%c", 'a'+rune(r.IntN(26)), 'a'+rune(r.IntN(26)))
		if i%9 == 0 {
			family += "s"
		}
		records = append(records, Record{Values: [][]string{{given}, {family}, {fmt.Sprintf("Firm %d", r.IntN(90))}, {fmt.Sprintf("%s%d@firm.example", given, r.IntN(300))}, nil, nil, nil, nil, {fmt.Sprintf("Town%d", r.IntN(12))}}})
	}
	whole := newSet(People(), records, nil)
	whole.learn()
	if got := Learn(People(), records); !reflect.DeepEqual(got, whole.model) {
		t.Errorf("%+v\nbut one processor learns\n%+v", got, whole.model)
	}
}
