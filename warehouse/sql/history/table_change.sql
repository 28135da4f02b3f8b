-- What a publication wrote to one table. Grain: publication_no, table_name.
insert into history.table_change (
    publication_no, table_name, added_count, removed_count, kept_count
)
values ($publication_no, $table_name, $added_count, $removed_count, $kept_count)
