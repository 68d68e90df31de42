-- Who is drawn under the ratio design: in each stratum the n lowest tickets, n = min(N, max(min, ⌈N·num/den⌉)).
-- Writes the temporary table selection (id, stratum, ticket); selection.sql shows it as the exact file.
--
-- Variables: key, the stage key of `objects`. Table: ratios.
-- Traps:
--   unset variable     DuckDB reads it as null and goes on, hence the check of key.
--   integer division   "/" gives a float in DuckDB; "//" cuts off, and hugeint (128 bits) does not overflow.
--   null stratum       Refused by the table; here it would be a stratum of its own that no ratio names.
--   missing ratio      A stratum without a line in ratios would vanish in the join; register.sql names it.
--   collation          Strata and ids ascend by bytes; tickets too, as lower-case hex; sha256() gives that.

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
  select
    id, stratum, t,
    row_number() over (partition by stratum order by t, id) as rank,
    count(*) over (partition by stratum) as rows
  from (select id, stratum, sha256(key || id) as t from population, stage) as tickets
) as ranked
join ratios using (stratum)
where rank <= least(rows, greatest(min, (rows::hugeint * num + den - 1) // den))
order by stratum, t, id;
