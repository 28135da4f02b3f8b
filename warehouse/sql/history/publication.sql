-- A generation that is about to be published. Grain: publication_no.
insert into history.publication (publication_no, published_at, command, run_id, version)
values ($publication_no, $published_at, $command, $run_id, $version)
