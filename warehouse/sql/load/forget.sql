-- Removes what some runs have brought to ${table}, so that they can be loaded again.
delete from ${table}
where list_contains($run_ids, run_id);
