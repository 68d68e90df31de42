-- The ticket of every subject in a stage, in ticket order: T = SHA-256(64 hex characters of K ‖ id), order (T, id).
--
-- Variables: key, the stage key (stage-key.sql).
-- Traps:
--   upper-case hex   The key enters as its 64 lower-case characters, not as 32 bytes.
--   trailing newline `echo id | sha256sum` hashes a newline too; printf does not, and neither does this.
--   collation        Ties cannot be seen in practice, but the order is (T, id) by bytes; id is collate "C".

select id, stratum, t as ticket
from (select id, stratum, sha256(getvariable('key') || id) as t from population) as tickets
order by t, id;
