-- Who is drawn under the pps design: the n lowest tickets of every weight class, over the whole population.
-- Writes the temporary table selection (id, stratum, ticket); selection.sql shows it as the exact file.
--
-- Variables: key, the stage key of `objects`. Table: class_quotas (weight, n), from certificate.classes.
-- Traps: the classes partition by weight, not by stratum, yet the file ascends by (stratum, ticket, id); collation and
--   null stratum as in selection-ratio.sql; weight is a number, so that "10" does not stand before "9".

create or replace temp table selection as
select id, stratum, t as ticket
from (
  select id, stratum, weight, t, row_number() over (partition by weight order by t, id) as rank
  from (select id, stratum, weight, sha256(getvariable('key') || id) as t from population) as tickets
) as ranked
join class_quotas using (weight)
where rank <= n
order by stratum, t, id;
