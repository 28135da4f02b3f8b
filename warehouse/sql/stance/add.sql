-- Keep some verdicts.
insert into staging.judgement by name
select * -- noqa: AM04
from incoming_judgement
