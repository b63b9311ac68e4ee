-- Which visit an offline limit refused, on which day: what the evidence of instant settlement shows. Older rows do not say.
alter table offline_refusal add column visit text;
alter table offline_refusal add column civil_day date;
create index offline_refusal_visit on offline_refusal (visit) where visit is not null;

-- A day's visits, for its evidence.
create index visit_day on visit (civil_day);
