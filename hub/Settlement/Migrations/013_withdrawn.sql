-- People withdrew the claim of an invoice: nothing is owed for it, and another claim of the same invoice may come.
alter table settlement_fact add column withdrawn boolean not null default false;
