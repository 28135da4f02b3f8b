-- The tables of the index, in SQLite. Words are cut by Unicode, without case and accents, and to
-- their stems in English: "supported" finds "supports". Contents are not kept.
create table fingerprint (value text not null);
create table place (
    place integer primary key,
    statement_id text not null,
    cited_work_id text not null
);
create virtual table words using fts5 (
    statement_text,
    content = '',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
