"""A report as a page: templates, styles, charts and the words on it."""
