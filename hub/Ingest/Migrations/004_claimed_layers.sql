-- What the sites claim of the layers behind the package, and of invoices that desks took in: how many, and what they come to.
alter table claimed_rollup add column catastrophic bigint not null default 0;
alter table claimed_rollup add column assistance bigint not null default 0;
alter table claimed_rollup add column invoices bigint not null default 0;
alter table claimed_rollup add column invoiced bigint not null default 0;

-- These four count from the segment behind this one on: what was received before was not added up by them.
create table claimed_since (region text not null primary key, segment_id bigint not null);
insert into claimed_since (region, segment_id) select region, max(segment_id) from segment where true group by region;

drop view public_claimed_rollup;
create view public_claimed_rollup as
select region, site, visit_type, service_month, currency, settled, reversed, total, fund, account, cash, catastrophic, assistance, invoices, invoiced from claimed_rollup;
