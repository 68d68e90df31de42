-- population.tsv, exclusions.tsv and inspectors.tsv written again from the tables, with rows and SHA-256: equal to the
-- `hash` that commit.lists states, or the file was not what was loaded. Run it right after loading.
--
-- Parameters: none.
-- Traps: a tolerant load (CRLF, no last LF, "007", quotes) is seen here and nowhere else; collation and trailing
--   newline as in selection.sql; a text holds 1 GB, so a population above some twenty million rows is hashed with sha256sum.

select name, rows, encode(sha256(convert_to(list, 'UTF8')), 'hex') as hash
from (
  select
    'exclusions.tsv' as name, count(*) as rows,
    coalesce(
      string_agg(id || chr(9) || reason || chr(9) || evidence || chr(10), '' order by id collate "C"), ''
    ) as list
  from exclusions
  union all
  select
    'inspectors.tsv', count(*),
    coalesce(string_agg(alias || chr(9) || authority || chr(10), '' order by alias collate "C"), '')
  from inspectors
  union all
  select
    'population.tsv', count(*),
    coalesce(string_agg(id || chr(9) || stratum || chr(9) || weight || chr(10), '' order by id collate "C"), '')
  from population
) as lists
order by name;
