-- What is not acknowledged is summed at every settlement: by this index alone, without a look at the rows.
drop index settlement_journal;
create index settlement_open on settlement (epoch, seq, fund) where reversal is null;
