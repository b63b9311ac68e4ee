-- How old a feed was when it was last looked at, and when that was by the wall clock: a clock that is set back between two
-- starts makes no snapshot younger.
alter table feed_version add column age_milliseconds bigint not null default 0;
alter table feed_version add column age_at text;
