-- Forget what nobody wants any more; and what older rules gave, if the text is still there to be
-- read by newer ones.
-- Reads: wanted_extraction. Parameters: $extractor_version, $run_ids, those that the archive has.
-- ${table}: of staging.
delete from staging.${table} as old
where
    (old.extractor_version <> $extractor_version and list_contains($run_ids, old.run_id))
    or not exists (
        select 1
        from wanted_extraction as wanted
        where
            wanted.raw_sha256 = old.raw_sha256
            and wanted.cited_key = old.cited_key
    )
