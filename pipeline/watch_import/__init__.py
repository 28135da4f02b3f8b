"""Files of works in, DOIs out: one module a format, and what they have in common."""
