DROP INDEX leads_mail_domain;;
DROP TABLE mail_domains;;
