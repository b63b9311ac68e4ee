alter table one add column day date;
