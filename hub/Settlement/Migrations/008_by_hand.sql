-- Who did it.
alter table settled_by_hand add column done_by text not null default '';

-- People asked that the entry be tried once more; 0: nobody did. Closed by hand: it is no longer looked after, and was not used.
alter table quarantine add column retry_ms bigint not null default 0;
alter table quarantine add column closed_by_hand boolean not null default false;
create index quarantine_retry on quarantine (region, retry_ms) where retry_ms > 0;
