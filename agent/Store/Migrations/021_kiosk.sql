-- Kiosks on other machines of the site, by a hash of what their browsers keep; which devices are their own.
create table kiosk (
    name text not null primary key, token bytea not null, reader text, printer text, scanner text,
    made_by text not null, paired_at timestamptz not null, revoked_at timestamptz) without rowid;
create unique index kiosk_token on kiosk (token);
