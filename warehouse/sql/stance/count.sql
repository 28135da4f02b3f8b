-- How many sentences there are to judge. Reads: sentence_to_judge
select count(*)
from sentence_to_judge
