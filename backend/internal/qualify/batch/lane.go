package batch

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/qualify/judge"
)

// result is what became of a task.
type result struct {
	task
	verdict judge.Verdict
	err     error
	release bool // not begun: give the lead back
	skip    bool // the lead is gone
}

// lane judges leads until there are no more.
func (u *run) lane(ctx context.Context) {
	for t := range u.todo {
		switch {
		case u.ended(ctx):
			u.results <- result{task: t, release: true}
		case t.lead == nil:
			u.results <- result{task: t, skip: true}
		default:
			u.results <- u.judgeOne(ctx, t)
		}
	}
}

func (u *run) judgeOne(ctx context.Context, t task) result {
	if u.costs {
		select {
		case u.calls <- struct{}{}:
			defer func() { <-u.calls }()
		case <-ctx.Done():
			return result{task: t, release: true}
		case <-u.halted:
			return result{task: t, release: true}
		}
	}
	v, err := u.guarded(ctx, t)
	switch {
	case err == nil:
		return result{task: t, verdict: v}
	case ctx.Err() != nil:
		return result{task: t, release: true}
	case hitsEveryLead(err):
		u.stop(err)
		return result{task: t, release: true}
	}
	return result{task: t, err: err}
}

// guarded turns a panic over one lead into that lead's failure: a poisoned lead must not take the process along.
func (u *run) guarded(ctx context.Context, t task) (v judge.Verdict, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()), fault.Internal, "analyzer_crashed", "The analyzer failed on this lead's text; the log has the details.")
		}
	}()
	return judge.Judge(ai.WithBatch(ctx, u.batch.ID), u.an, u.set, t.lead)
}

// hitsEveryLead reports whether an error would meet every other lead of the batch just the same, so that going on is
// useless or costs money in vain.
func hitsEveryLead(err error) bool {
	switch fault.KindOf(err) {
	case fault.BudgetExceeded, fault.Unauthenticated, fault.Forbidden:
		return true
	case fault.Invalid:
		return fault.CodeOf(err) != malformed
	default:
		return false
	}
}

// malformed is the fault code of a model that answered nonsense twice: this lead fails, the next may not.
const malformed = "ai_answer_malformed"

// worthRetrying reports whether the same call may go better later.
func worthRetrying(err error) bool { return fault.CodeOf(err) != malformed }

func retryAfter(err error) time.Duration {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.RetryAfter
	}
	return 0
}

// reasonOf is an error in words for people.
func reasonOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Msg
	}
	return "Something in Winnow failed; the log has the details."
}
