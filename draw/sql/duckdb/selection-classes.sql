-- Who is drawn under the pps design: the n lowest tickets of every weight class, over the whole population.
-- Writes the temporary table selection (id, stratum, ticket); selection.sql shows it as the exact file.
--
-- Variables: key, the stage key of `objects`. Table: class_quotas (weight, n), from certificate.classes.
-- Traps: the classes partition by weight, not by stratum, yet the file ascends by (stratum, ticket, id); collation,
--   null stratum and unset variable as in selection-ratio.sql; weight is a number, so that "10" does not precede "9".

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
  select id, stratum, weight, t, row_number() over (partition by weight order by t, id) as rank
  from (select id, stratum, weight, sha256(key || id) as t from population, stage) as tickets
) as ranked
join class_quotas using (weight)
where rank <= n
order by stratum, t, id;
