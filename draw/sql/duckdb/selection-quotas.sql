-- Who is drawn under the total design (or any other that gives each stratum its n): the n lowest tickets of each.
-- Writes the temporary table selection (id, stratum, ticket); selection.sql shows it as the exact file.
--
-- Variables: key, the stage key of `objects`. Table: quotas (code, n), from commit.strata.
-- Traps: as selection-ratio.sql; a stratum that quotas does not name vanishes in the join, register.sql names it.

create or replace temp table selection as
with stage as (
  select
    case
      when regexp_full_match(getvariable('key'), '[0-9a-f]{64}') then getvariable('key')
      else error('variable key is not 64 lower-case hex characters')::varchar
    end as key
)
select id, stratum, t as ticket
from (
  select id, stratum, t, row_number() over (partition by stratum order by t, id) as rank
  from (select id, stratum, sha256(key || id) as t from population, stage) as tickets
) as ranked
join quotas on quotas.code = ranked.stratum
where rank <= n
order by stratum, t, id;
