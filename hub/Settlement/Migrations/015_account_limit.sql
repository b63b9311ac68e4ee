-- The limit on the account's share of a person's outpatient settlements of a day that the site surely had, minor units; -1: none (B23).
alter table settlement_fact add column day_account_limit bigint not null default -1;
