-- How many full texts there are to read. Reads: text_to_read
select count(*)
from text_to_read
