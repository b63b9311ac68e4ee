-- Settlements that are judged, with the days that choose their policy book.
create view public_judged as
select region, settlement, person, service_day, known_on from settlement_fact where decision_version > 0;
