-- Full coverage: batches.tsv as the exact text of the file, with its rows and its SHA-256. All ids in ticket order of
-- stage `batch`; batch = ⌊k·B/N⌋ for rank k = 0 … N−1.
--
-- Parameters: :key, the stage key of `batch`; :batches, B of the design.
-- Traps:
--   rank               row_number() counts from 1, k from 0.
--   integer division   "/" between bigints cuts off; a cast to numeric or float would round. N·B must be below 2^63.
--   collation          The file ascends by id, by bytes; the batches follow the tickets.
--   trailing newline   Every line ends with LF.

select rows, list, encode(sha256(convert_to(list, 'UTF8')), 'hex') as hash
from (
  select
    count(*) as rows,
    coalesce(string_agg(id || chr(9) || batch || chr(10), '' order by id collate "C"), '') as list
  from (
    select id, (row_number() over (order by t, id) - 1) * :batches / count(*) over () as batch
    from (select id, sha256(convert_to(:'key' || id, 'UTF8')) as t from population) as tickets
  ) as batched
) as whole;
