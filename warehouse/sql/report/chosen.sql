-- The values that were chosen, two lists side by side.
-- Grain: facet, value. Parameters: $facets, $values.
create or replace temp table chosen as
select distinct
    unnest($facets) as facet,
    unnest($values) as value
