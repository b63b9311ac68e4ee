-- How the institution belonged to the alliance when the line came in: who bears the fund's share rests on it (Z2, Z3).
alter table settlement_fact add column alliance text not null default '';
