-- When the look was that is in the journal: the same one counts anew after an hour.
alter table person_seen add column at timestamptz;
