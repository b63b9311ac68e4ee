-- Of what was paid too much, what the institution's own faults alone made: that it bears, the package the rest.
alter table decision add column own_fault bigint not null default 0;
update decision set own_fault = -difference where bears = 'Institution' and difference < 0;

-- How much of the fund a broken limit on one settlement's amount left. What came in before is not known: 0, as it was judged then.
alter table settlement_fact add column fund_limit bigint not null default 0;

-- What was paid out for settlements of the same visit part that do not stand counts for the one that does: carried is above zero
-- there, below zero at those.
alter table payable add column carried bigint not null default 0;
create index payable_carried on payable (region, person) where carried <> 0;

drop view public_payable;
create view public_payable as
select region, settlement as key, person, settlement, decision, amount, amount - paid - carried as open, cause, version, amount = 0 as removed, site, currency,
       since_ms, paid, carried
from payable;

-- Every year is looked at once more. What stays as it was writes nothing.
insert into year_again (region, person, scheme_year, why, since_ms)
select distinct region, person, scheme_year, 'rules', 0 from settlement_fact where true
on conflict (region, person, scheme_year) do nothing;
