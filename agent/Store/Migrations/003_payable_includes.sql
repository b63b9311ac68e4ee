-- The fed open amount is without the refunds that this device sent through (includes_epoch, includes_seq); later own ones are
-- taken off here. Rows that came without these are pulled again as a snapshot.
alter table payable add column includes_epoch bigint not null default 0;
alter table payable add column includes_seq bigint not null default 0;
update feed_version set version = 0, run_upto = null, run_after = null, run_cursor = null where feed = 'payables';
drop index refund_decision;
create index refund_settlement on refund (settlement, epoch, seq, amount);
create index payable_settlement on payable (settlement);
