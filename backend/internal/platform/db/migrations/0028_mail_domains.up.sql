-- The domains of leads' e-mail addresses, and whether they take mail.
CREATE TABLE mail_domains (
  domain TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('takes','none','unknown')), tries INTEGER NOT NULL DEFAULT 0, checked_at <time>, due_at <time> NOT NULL);;
CREATE INDEX mail_domains_due ON mail_domains (due_at, domain);;
CREATE INDEX mail_domains_none ON mail_domains (domain) WHERE state = 'none';;
-- Finds the leads of a domain. The expression is the one that lead/maildomain filters by.
-- only: sqlite
CREATE INDEX leads_mail_domain ON leads (lower(substr(email, instr(email, '@') + 1))) WHERE deleted_at IS NULL AND email <> '';;
-- end
-- only: postgres
CREATE INDEX leads_mail_domain ON leads (lower(split_part(email, '@', 2))) WHERE deleted_at IS NULL AND email <> '';;
-- end
