-- Abstracts of the works that were asked about, apart by whether anyone may be shown them.

-- Whether a licence, as a source words it, is one of Creative Commons or a dedication to the public
-- domain: a name ('cc-by', 'cc by-nc-nd', 'CCBY', 'cc-by-4.0', 'cc0', 'pd') or an address. Anything
-- else is not: a publisher's terms, a licence for text mining, 'other-oa', a licence of software.
create macro core.is_open_licence(licence) as
coalesce(
    regexp_full_match(
        lower(trim(licence)),
        '(https?://)?(www\.)?creativecommons\.org/'
        || '(licen[cs]es/(by(-(nc|nd|sa))*|publicdomain)|publicdomain)(/.*)?'
        || '|(https?://(www\.)?(openalex|spdx)\.org/licenses/)?'
        || '(cc[ _-]?by([ _-]?(nc|nd|sa))*([ _-]v?[1-4]\.[0-9])?([ _-][a-z]{2,3})?'
        || '|cc[ _-]?(0|zero)([ _-]v?1\.0)?|cc[ _-]pddc|pd|public[ _-]?domain)'
        || '(\.json|\.html)?'
    ),
    false
);

insert into core.field_precedence (field, source, rank)
values
('abstract', 'crossref', 1),
('abstract', 'datacite', 2),
('abstract', 'europepmc', 3),
('abstract', 'openalex', 4),
('abstract', 'semanticscholar', 5),
('abstract', 'opencitations', 6);

create table staging.abstract_choice (
    work_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    licence varchar,
    is_open boolean not null
);

comment on table staging.abstract_choice is
'Record that gives the abstract of a work that was asked about: the first source in
core.field_precedence that has one. Grain: work_id.';
comment on column staging.abstract_choice.work_id is 'Cited work.';
comment on column staging.abstract_choice.source is 'Source name.';
comment on column staging.abstract_choice.record_key is 'Key of the record.';
comment on column staging.abstract_choice.licence is
'Licence of the work, core.work.licence. Null: not known.';
comment on column staging.abstract_choice.is_open is
'It is one of Creative Commons or the public domain: the abstract may be shown.';

create table core.abstract (
    work_id varchar not null,
    text varchar not null,
    source varchar not null,
    licence varchar not null
);

comment on table core.abstract is
'Abstracts of the works that were asked about, where the work is under a licence of Creative Commons
or in the public domain; the others are in private.abstract. Grain: work_id.';
comment on column core.abstract.work_id is 'Cited work.';
comment on column core.abstract.text is
'Plain text; an empty line between paragraphs, a heading before its own ("Methods: ...").';
comment on column core.abstract.source is 'Source that gives it.';
comment on column core.abstract.licence is 'Licence of the work as given, core.work.licence.';

create table history.core_abstract as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.abstract
where false;

comment on table history.core_abstract is
'Rows that a publication took away from core.abstract, or added to it. Grain: a row of core.abstract
and a publication_no.';
comment on column history.core_abstract.publication_no is 'Publication.';
comment on column history.core_abstract.is_added is 'The row came with it; else it went.';
comment on column history.core_abstract.work_id is 'Cited work.';
comment on column history.core_abstract.text is
'Plain text; an empty line between paragraphs, a heading before its own ("Methods: ...").';
comment on column history.core_abstract.source is 'Source that gives it.';
comment on column history.core_abstract.licence is
'Licence of the work as given, core.work.licence.';

create table private.abstract (
    work_id varchar not null,
    text varchar not null,
    source varchar not null,
    licence varchar
);

comment on table private.abstract is
'Abstracts of the works that were asked about, where no licence is known that lets anyone show them.
Not for redistribution. Grain: work_id.';
comment on column private.abstract.work_id is 'Cited work.';
comment on column private.abstract.text is
'Plain text; an empty line between paragraphs, a heading before its own ("Methods: ...").';
comment on column private.abstract.source is 'Source that gives it.';
comment on column private.abstract.licence is
'Licence of the work as given, core.work.licence. Null: not known.';

comment on table core.work_provenance is
'Which record gave a value of core.work, and the abstract of a work that was asked about. Grain:
work_id, field.';
comment on column core.work_provenance.field is
'Column of core.work; or abstract, whether it may be shown (core.abstract) or not.';
comment on column history.core_work_provenance.field is
'Column of core.work; or abstract, whether it may be shown (core.abstract) or not.';

-- Crossref's were staged with their tags; without them they come from a rebuild, or with the next
-- answer.
update staging.work_record set abstract = null
where source = 'crossref' and regexp_matches(abstract, '[<&]');

comment on column staging.work_record.abstract is
'Abstract as plain text, an empty line between paragraphs; kept private, copyright may stay with the
publisher.';
