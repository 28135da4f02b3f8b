"""What the sources' answers have in common on the wire, before they are records.

body.py     bytes to JSON values, and what a body is when it is not JSON
items.py    the items of an answer, each to a record, a reject or an absence
text.py     titles and names as plain text
batches.py  many values in few requests, limited by number and by length

A source's own models stand beside these in a file named like the source, where the
source file would otherwise hold two ideas. Nothing here knows a network or a table.
"""
