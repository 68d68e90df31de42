-- Who is drawn under the ratio design: in each stratum the n lowest tickets, n = min(N, max(min, ⌈N·num/den⌉)).
-- Writes the temporary table selection (id, stratum, ticket); selection.sql shows it as the exact file.
--
-- Parameters: :key, the stage key of `objects`. Table: ratios.
-- Traps:
--   integer division   div() over numeric is exact; "/" over numeric or float is not, and bigint could overflow.
--   null stratum       Refused by the table; here it would be a stratum of its own that no ratio names.
--   missing ratio      A stratum without a line in ratios would vanish in the join; register.sql names it.
--   collation          Strata and ids ascend by bytes; tickets too, as bytea or as lower-case hex.

drop table if exists pg_temp.selection;

create temp table selection as
select id, stratum, encode(t, 'hex') collate "C" as ticket
from (
  select
    id, stratum, t,
    row_number() over (partition by stratum order by t, id) as rank,
    count(*) over (partition by stratum) as rows
  from (select id, stratum, sha256(convert_to(:'key' || id, 'UTF8')) as t from population) as tickets
) as ranked
join ratios using (stratum)
where rank <= least(rows, greatest(min, div(rows::numeric * num + den - 1, den)))
order by stratum, t, id;
