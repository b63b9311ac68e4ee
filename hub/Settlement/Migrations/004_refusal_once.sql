-- A refusal that a device sealed again in a new epoch is one piece of evidence: by the request that was refused, and why.
-- Blank: kept before this was known.
alter table offline_refusal add column request_key text not null default '';
create unique index offline_refusal_once on offline_refusal (region, site, request_key, code) where request_key <> '';
