-- What the sources can do, and which of them is believed for which field, 1 first.

insert into core.source (source, lists_citing, agency)
values
('crossref', false, 'Crossref'),
('datacite', false, 'DataCite'),
('europepmc', true, null),
('openalex', true, null),
('semanticscholar', true, null),
('opencitations', true, null);

-- Registries know their own records best. 'published' stands for the date and its year,
-- 'byline' for the authors: such parts come from one record.
insert into core.field_precedence (field, source, rank)
select
    fields.field,
    sources.source,
    sources.rank
from (
    values
    ('title'),
    ('publication_type'),
    ('published'),
    ('container_title'),
    ('issn_l'),
    ('publisher'),
    ('language'),
    ('is_retracted'),
    ('byline'),
    ('reference_count'),
    ('notice')
) as fields (field)
cross join (
    values
    ('crossref', 1),
    ('datacite', 2),
    ('europepmc', 3),
    ('openalex', 4),
    ('semanticscholar', 5),
    ('opencitations', 6)
) as sources (source, rank);

-- OpenAlex looks for open-access copies; registries know only the publisher's.
insert into core.field_precedence (field, source, rank)
select
    fields.field,
    sources.source,
    sources.rank
from (values ('oa_url'), ('licence')) as fields (field)
cross join (
    values
    ('openalex', 1),
    ('crossref', 2),
    ('datacite', 3),
    ('europepmc', 4),
    ('semanticscholar', 5),
    ('opencitations', 6)
) as sources (source, rank);

-- Crossref has no words for review, editorial, letter and erratum: where it says article,
-- these are asked.
insert into core.field_precedence (field, source, rank)
values
('publication_type_detail', 'openalex', 1),
('publication_type_detail', 'europepmc', 2),
('publication_type_detail', 'semanticscholar', 3);
