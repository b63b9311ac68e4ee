-- The payables feed reads what changed by its version.
create index payable_version on payable (region, version, settlement);
