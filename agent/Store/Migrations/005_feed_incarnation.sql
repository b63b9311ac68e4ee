-- The hub was restored and counts its versions anew: what is held of the feed goes on being used, until a snapshot replaces it.
alter table feed_version add column stale boolean not null default false;
