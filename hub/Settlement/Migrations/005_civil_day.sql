-- The site's own day of the capture: a book that was right on it was not ignored.
alter table settlement_fact add column civil_day date not null default '1970-01-01';
