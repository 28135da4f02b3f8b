-- Those of some open texts of a source that must be asked for: not held, or newer than what is
-- held, or not to be had when they were last asked for, long ago.
-- Grain: text. Reads: offered_text (text, received_on), held_text. Parameters: $source, $since:
-- what was no text may be asked for again if that was before.
select offered.text
from offered_text as offered
left join held_text as held on offered.text = held.text and held.source = $source -- noqa: RF02
where
    held.text is null
    or offered.received_on > strftime(held.fetched_at, '%Y-%m-%d')
    or (not held.is_text and held.fetched_at <= $since)
order by offered.text
