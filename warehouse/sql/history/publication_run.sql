-- A run and the publication that first holds it. Grain: run_id.
insert into history.publication_run (run_id, publication_no)
values ($run_id, $publication_no)
