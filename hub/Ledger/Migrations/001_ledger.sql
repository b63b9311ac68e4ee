-- Envelopes, and the sets of legs that move money between them. Sets and legs are only ever added.
create table ledger_account (
    region text not null,
    account_no bigint not null,
    currency text not null,
    kind text not null,
    owner text not null,
    scheme text not null,
    period text not null,
    primary key (region, account_no)
);
create unique index ledger_account_name on ledger_account (region, kind, owner, period, scheme, currency);

create table ledger_set (
    region text not null,
    set_id uuid not null,
    cause text not null,
    value_date date not null,
    posting_date date not null,
    posting_month text not null,
    legs bigint not null,
    primary key (region, set_id)
);
create index ledger_set_cause on ledger_set (region, cause);

-- Legs are written before the set that seals them; legs 0 and 1, 2 and 3 … are the two sides of one movement.
create table ledger_leg (
    region text not null,
    set_id uuid not null,
    leg_no bigint not null,
    event text not null,
    account_no bigint not null,
    fen bigint not null check (fen = cast(fen as bigint)),
    rule text not null,
    article text not null,
    primary key (region, set_id, leg_no),
    foreign key (region, set_id) references ledger_set (region, set_id) deferrable initially deferred,
    foreign key (region, account_no) references ledger_account (region, account_no)
);
create index ledger_leg_account on ledger_leg (region, account_no);

create table ledger_balance (
    region text not null,
    account_no bigint not null,
    fen bigint not null,
    primary key (region, account_no)
);

-- A month that is closed takes no posting.
create table ledger_period (
    region text not null,
    month text not null,
    closed_ms bigint not null,
    primary key (region, month)
);

create view public_balance as
select a.region, a.account_no, a.currency, a.kind, a.owner, a.scheme, a.period, b.fen
from ledger_account a join ledger_balance b on b.region = a.region and b.account_no = a.account_no;
