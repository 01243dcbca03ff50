-- The domains of leads' e-mail addresses, and whether they take mail.
CREATE TABLE mail_domains (
  domain TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('takes','none','unknown')), tries INTEGER NOT NULL DEFAULT 0, checked_at <time>, due_at <time> NOT NULL);;
CREATE INDEX mail_domains_due ON mail_domains (due_at, domain);;
CREATE INDEX mail_domains_none ON mail_domains (domain) WHERE state = 'none';;
-- Leads have no index by domain: it would cost every import a twentieth of its pace, for a list that is opened now and then.
