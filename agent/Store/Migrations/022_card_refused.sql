-- Cards that were refused as not valid, so that a restart does not let their holders in by hand: by keyed hashes of their numbers.
create table card_refused (
    card_lookup blob, id_lookup blob, reader text not null, code text not null, detail text not null, at text not null);
create index card_refused_card on card_refused (card_lookup) where card_lookup is not null;
create index card_refused_id on card_refused (id_lookup) where id_lookup is not null;
