// Package collect brings leads from where they show themselves: it keeps the sources that a workspace has set up, runs
// them by their schedules, and hands what they find to intake. Each way of finding is a connector in a package of its
// own below this one; it knows one kind of place and nothing of leads that exist, schedules or databases.
package collect
