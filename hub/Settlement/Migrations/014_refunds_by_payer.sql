-- A refund that a site paid out is owed to it by the payers that owed it to the person: refunded is the fund's alone (Z4).
alter table decided_rollup add column other_refunded bigint not null default 0;

drop view public_decided_rollup;
create view public_decided_rollup as
select region, posting_month, service_month, institution, visit_type, currency, charged_to, visits, total, in_scope, fund, catastrophic, assistance, account, cash,
       owed, offline_difference, receivable, other_owed, other_difference, other_receivable, refunded, other_refunded
from decided_rollup;

-- Years of which something was paid out are looked at once more: a hub from before credited every refund out of the fund.
insert into year_again (region, person, scheme_year, why, since_ms)
select distinct f.region, f.person, f.scheme_year, 'refunds', 0
from settlement_refund r join settlement_fact f on f.region = r.region and f.settlement = r.settlement and f.person = r.person
where true
on conflict (region, person, scheme_year) do nothing;
