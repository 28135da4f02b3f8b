-- How names of persons are compared: without case, accents and punctuation, the family name
-- whole and the given names by their initials.

create macro core.plain_text(printed) as
regexp_replace(lower(strip_accents(printed)), '[^\p{L}\p{N}]+', '', 'g');

create macro core.without_suffix(printed) as
regexp_replace(trim(printed), '(?i)[\s,]+(jr|sr|ii|iii|iv)\.?$', '');

-- 'Berg' from 'Berg, Jan' and 'Jan Berg Jr.'; particles belong to it: 'van den Berg'.
create macro core.family_of(printed) as
case
    when contains(core.without_suffix(printed), ',') then trim(split_part(printed, ',', 1))
    else regexp_extract(
        core.without_suffix(printed),
        '(?i)((?:\b(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|al|el|bin|ibn)'
        || '\s+)*\S+)$',
        1
    )
end;

-- What stands beside the family name.
create macro core.given_of(printed) as
case
    when contains(core.without_suffix(printed), ',') then trim(split_part(printed, ',', 2))
    else trim(replace(core.without_suffix(printed), core.family_of(printed), ''))
end;

-- 'jp' from 'Jean-Pierre', 'J.-P.' and 'JP'.
create macro core.initials_of(given) as
case
    when regexp_full_match(trim(given), '\p{Lu}{1,3}') then core.plain_text(given)
    else array_to_string(
        list_transform(
            regexp_split_to_array(lower(strip_accents(given)), '[^\p{L}\p{N}]+'),
            lambda part: part[1]
        ),
        ''
    )
end;

-- 'doe ja' from the parts of a name; null unless both are there.
create macro core.name_key(family, given, printed) as
nullif(core.plain_text(coalesce(family, core.family_of(printed))), '')
|| ' '
|| nullif(core.initials_of(coalesce(given, core.given_of(printed))), '');
