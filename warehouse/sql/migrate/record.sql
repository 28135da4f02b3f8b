-- Record a migration as applied. Parameters: $version, $name, $sha256.
insert into core.migration (version, name, sha256)
values ($version, $name, $sha256)
