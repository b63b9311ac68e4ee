-- Rows of a run of pages that is not through stand among those of the feed's version: what rests on them rests on no version of the feed.
alter table feed_version add column mixed boolean not null default false;
update feed_version set mixed = true where feed = 'accumulators' and run_cursor is not null;
