-- A record of ${table} that an earlier run had, too, is that run's again: what the newer runs
-- have brought will win over it when they are loaded again.
update ${table}
set run_id = first_seen_run
where
    list_contains($run_ids, run_id)
    and not list_contains($run_ids, first_seen_run);
