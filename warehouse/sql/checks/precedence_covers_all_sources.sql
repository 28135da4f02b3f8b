-- Every source that describes works has its place in core.field_precedence.
-- Level: fail
select distinct record.source
from staging.work_record as record
anti join core.field_precedence as precedence on record.source = precedence.source
