// Package lead holds the leads: what a lead is, who may see and change which, how lists are filtered, searched, sorted
// and paged, and how leads leave as files. It knows nothing of how leads come in (intake) or are judged (qualify).
package lead
