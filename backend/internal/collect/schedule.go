package collect

import (
	"time"

	"github.com/robfig/cron/v3"

	"winnow/backend/internal/fault"
)

// parseSchedule reads a schedule of five cron fields (minute, hour, day of month, month, day of week) or a word such as
// "@daily". Fault: Invalid.
func parseSchedule(s string) (cron.Schedule, error) {
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	at, err := parser.Parse(s)
	if err != nil {
		const msg = "Write when it should run as five fields: minute, hour, day of month, month, day of week. “0 8 * * 1-5” is eight o'clock on workdays; “@daily” is midnight."
		return nil, fault.InvalidFields("schedule_invalid", msg, fault.Field{Name: "schedule", Code: "schedule_invalid", Message: msg})
	}
	return at, nil
}

// next is when a source runs next, in the workspace's time zone: the schedule's next time after now, but not before least
// has gone by since its last run. Times that were missed, by a machine that was off, are made good by one run and not by
// many. nil: never by itself.
func next(schedule string, zone *time.Location, now time.Time, last *time.Time, least time.Duration) (*time.Time, error) {
	if schedule == "" {
		return nil, nil //nolint:nilnil // no schedule is no fault
	}
	at, err := parseSchedule(schedule)
	if err != nil {
		return nil, err
	}
	from := now
	if last != nil && least > 0 {
		if soonest := last.Add(least); soonest.After(from) {
			from = soonest.Add(-time.Second)
		}
	}
	t := at.Next(from.In(zone)).UTC()
	if t.IsZero() {
		return nil, nil //nolint:nilnil // such as 30 February
	}
	return &t, nil
}
