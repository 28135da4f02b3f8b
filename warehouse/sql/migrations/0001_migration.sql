-- The record of the migrations themselves, and the schemas.
-- Schemas: staging = what the sources sent, newest per key; core = the merged facts;
-- mart = the aggregates; history = what changed each night.

create schema staging;
create schema core;
create schema mart;
create schema history;

create table core.migration (
    version integer not null,
    name varchar not null,
    sha256 varchar not null
);

comment on table core.migration is
'One row a migration that was applied to this file. Grain: version.';
comment on column core.migration.version is
'Number at the front of the file name, from 1 without gaps.';
comment on column core.migration.name is 'File name.';
comment on column core.migration.sha256 is 'SHA-256 of the file as it was applied, hex.';
