-- A settlement's commit wrote fourteen pages; each costs the writer as much as the disk. What belongs to one entry lies with it now.
-- signature: over the chain through this line, by the device's key; it stands at the journal's last line alone, as the table journal_head did.
-- request_key and what follows: the request that made the entry, and its answer, packed and sealed, bound to the key.
-- Answers and the head's signature that were written before stay where they are; nothing is written there any more but by a recovery.
alter table journal add column signature bytea;
alter table journal add column request_key text;
alter table journal add column operation text;
alter table journal add column content_hash bytea;
alter table journal add column answer bytea;
create unique index journal_request on journal (request_key) where request_key is not null;

-- Asked for by a person are only those that were settled offline and stand: others need not be found by it.
drop index settlement_person;
create index settlement_offline on settlement (person, service_day) where offline = true and reversal is null;
