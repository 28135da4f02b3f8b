-- For somebody else's query: nothing is spilt to the disk, one core is enough, and no setting can
-- be changed any more.
set temp_directory = '';
set threads = 1;
set lock_configuration = true
