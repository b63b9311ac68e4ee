-- A site is told when the hub knows another name, level or type of it: each row carries the version of its last change.
alter table institution add column version bigint not null default 1;

drop view public_institution;
create view public_institution as select region, code, name, level, type, alliance, version from institution;
