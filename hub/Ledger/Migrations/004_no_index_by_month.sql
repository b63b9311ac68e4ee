-- A month's sets are read whole and seldom. With this index SQLite took it for every question about one cause that is answered by
-- month, and read all sets of the region for it.
drop index ledger_set_month;
