// Package polite fetches pages the way a good guest would: it asks robots.txt first (RFC 9309), keeps a pace for each
// host, waits when it is told to, takes no more than it needs, says who it is, and writes down each thing that it did and
// why. Everything goes through platform/webclient, so nothing private is reached. Colly crawls on top of it (Run.Collector);
// what Colly does wrong by itself is switched off or done here instead.
package polite
