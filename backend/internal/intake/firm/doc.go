// Package firm finds rows of companies that are one firm, by the model for organisations: sites, names without legal
// form, telephones. It follows the event log: as leads come in and change, it tells to which company each belongs, learns
// the companies' sites from them, and compares the companies with those that share a key. What may be one goes to the
// queue of lead/company; what is beyond doubt is merged when that is the policy.
package firm
