-- Programs of others that may call this hub, each with what it may. Only the SHA-256 of a token is kept.
create table client (
    region text not null,
    name text not null,
    may text not null,
    token_hash text not null,
    made_ms bigint not null,
    ended_ms bigint,
    primary key (region, name)
);
create unique index client_token on client (region, token_hash);
