-- The ticket of every subject in a stage, in ticket order: T = SHA-256(64 hex characters of K ‖ id), order (T, id).
--
-- Variables: key, the stage key (stage-key.sql).
-- Traps:
--   unset variable   DuckDB reads it as null and goes on, hence the check of key.
--   upper-case hex   The key enters as its 64 lower-case characters, not as 32 bytes.
--   trailing newline `echo id | sha256sum` hashes a newline too; printf does not, and neither does this.
--   collation        Ties cannot be seen in practice, but the order is (T, id) by bytes; id is collate "C".

with stage as (
  select
    case
      when regexp_full_match(getvariable('key'), '[0-9a-f]{64}') then getvariable('key')
      else error('variable key is not 64 lower-case hex characters')::varchar
    end as key
)
select id, stratum, t as ticket
from (select id, stratum, sha256(key || id) as t from population, stage) as tickets
order by t, id;
