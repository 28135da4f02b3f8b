-- What every connection sets: times are UTC, whatever the machine's clock is set to.
set timezone = 'UTC';
