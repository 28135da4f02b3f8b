"""The warehouse in a browser: pages, JSON, and SQL, all read only."""
