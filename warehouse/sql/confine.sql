-- For somebody else's query: no setting can be changed any more.
set lock_configuration = true
