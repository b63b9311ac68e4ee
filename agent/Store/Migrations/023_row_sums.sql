-- A sum over each row that the hub fed; null: a row of before. A snapshot brings the rows again, with their sums; a member's plain columns
-- are bound to its sealed one from then on.
alter table catalogue_item add column row_sum bigint;
alter table parameter add column row_sum bigint;
alter table blacklist add column row_sum bigint;
alter table accumulator_fed add column row_sum bigint;
alter table payable add column row_sum bigint;
alter table decision add column row_sum bigint;
alter table booking add column row_sum bigint;
alter table fee add column row_sum bigint;
update feed_version set stale = true where feed in ('members', 'catalogue', 'parameters', 'blacklist', 'accumulators', 'payables', 'decisions', 'bookings', 'fees');
