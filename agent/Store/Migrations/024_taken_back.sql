-- A visit's settlements are asked for at each check-in, and for each place of the queue: those that stand by their business key, those that
-- were taken back by this. Without it each such question reads every settlement of the store. Only what is taken back is written here.
create index settlement_taken_back on settlement (visit) where reversal is not null;
