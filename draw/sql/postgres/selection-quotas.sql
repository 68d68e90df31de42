-- Who is drawn under the total design (or any other that gives each stratum its n): the n lowest tickets of each.
-- Writes the temporary table selection (id, stratum, ticket); selection.sql shows it as the exact file.
--
-- Parameters: :key, the stage key of `objects`. Table: quotas (code, n), from commit.strata.
-- Traps: as selection-ratio.sql; a stratum that quotas does not name vanishes in the join, register.sql names it.

drop table if exists pg_temp.selection;

create temp table selection as
select id, stratum, encode(t, 'hex') collate "C" as ticket
from (
  select id, stratum, t, row_number() over (partition by stratum order by t, id) as rank
  from (select id, stratum, sha256(convert_to(:'key' || id, 'UTF8')) as t from population) as tickets
) as ranked
join quotas on quotas.code = ranked.stratum
where rank <= n
order by stratum, t, id;
