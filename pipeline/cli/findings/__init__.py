"""What `citehouse doctor` looks at, a file a subject."""
