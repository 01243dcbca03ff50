DROP TABLE mail_domains;;
