-- selection.tsv as the exact text of the file, with its rows and its SHA-256: compare with certificate.lists.
--
-- Parameters: none. Reads the temporary table selection that one of selection-*.sql has made.
-- Traps:
--   trailing newline   Every line ends with LF, the last one too; zero rows are zero bytes, hence coalesce.
--   collation          The order is said again inside string_agg: a table has none.
--   upper-case hex     encode() gives lower-case.
--   size               A text holds 1 GB: about nine million lines. Beyond that `\copy` the rows and use sha256sum.

select rows, list, encode(sha256(convert_to(list, 'UTF8')), 'hex') as hash
from (
  select
    count(*) as rows,
    coalesce(
      string_agg(
        id || chr(9) || stratum || chr(9) || ticket || chr(10), ''
        order by stratum collate "C", ticket collate "C", id collate "C"
      ),
      ''
    ) as list
  from selection
) as whole;
