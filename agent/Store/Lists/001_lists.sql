-- Public lists, made from the program's own files; may be taken away at any time. Rank: by the length of the title, shortest first,
-- so that a search which stops early has found the plainest.
create table diagnosis (rank integer primary key, code text not null, title text not null, pinyin text not null);
create unique index diagnosis_code on diagnosis (code);
create index diagnosis_title on diagnosis (title);
create index diagnosis_pinyin on diagnosis (pinyin);
create table list (name text not null primary key, version text not null);
