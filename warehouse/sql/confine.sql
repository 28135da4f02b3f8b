-- For somebody else's query: one core is enough, and no setting can be changed any more.
set threads = 1;
set lock_configuration = true
