// Package generic reads places that nobody wrote a connector for, by a description that a person gives: JSON and REST answers
// by paths, pages by selectors, and the mails that portals send about enquiries. It opens no connection.
package generic

// Source is the name of the source of these leads.
const Source = "generic"
