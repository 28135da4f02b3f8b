-- Forget the verdicts of other classifiers, and those on sentences that are there no more.
-- Reads: core.citation_statement. Parameter: $model_version.
delete from staging.judgement
where
    model_version <> $model_version
    or judged_key not in (
        select md5(cast(to_json([statement.text, statement.marker]) as varchar))
        from core.citation_statement as statement
    )
