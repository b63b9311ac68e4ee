-- A site hears what of its own was set aside, by whom it must be mended, and when it is over. Version 0: set aside by a hub from before,
-- told with the first step of this one.
alter table quarantine add column version bigint not null default 0;
create index quarantine_site on quarantine (region, site, version);

drop view public_quarantine;
create view public_quarantine as
select region, device_no, epoch, seq, site, kind, code, detail, owner, since_ms, released_ms, waits_for, version, closed_by_hand from quarantine;
