-- Full coverage: batches.tsv as the exact text of the file, with its rows and its SHA-256. All ids in ticket order of
-- stage `batch`; batch = ⌊k·B/N⌋ for rank k = 0 … N−1.
--
-- Variables: key, the stage key of `batch`; batches, B of the design.
-- Traps:
--   unset variable     DuckDB reads it as null and goes on, hence the check of key.
--   rank               row_number() counts from 1, k from 0.
--   integer division   "/" gives a float in DuckDB; "//" cuts off. N·B must be below 2^63.
--   collation          The file ascends by id, by bytes; the batches follow the tickets.
--   trailing newline   Every line ends with LF.

with stage as (
  select
    case
      when regexp_full_match(getvariable('key'), '[0-9a-f]{64}') then getvariable('key')
      else error('variable key is not 64 lower-case hex characters')::varchar
    end as key,
    case when getvariable('batches') >= 1 then getvariable('batches') else error('no batches')::bigint end as batches
)
select rows, list, sha256(list) as hash
from (
  select
    count(*) as rows,
    coalesce(string_agg(id || chr(9) || batch || chr(10), '' order by id collate "C"), '') as list
  from (
    select id, (row_number() over (order by t, id) - 1) * batches // count(*) over () as batch
    from (select id, batches, sha256(key || id) as t from population, stage) as tickets
  ) as batched
) as whole;
