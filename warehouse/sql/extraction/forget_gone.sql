-- Forget that the bytes of a text were gone: they may have come again.
delete from staging.extraction
where outcome = 'gone'
