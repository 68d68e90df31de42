-- The ratio design for a register of millions: rows whose ticket begins above a threshold are dropped before anything
-- is sorted. The threshold of a stratum is ⌈:widen · (n + 6·⌈√n⌉ + 20)/N · 2^64⌉ over the first 64 bits of a ticket;
-- it only spares work: the last statement names every stratum that got fewer than n rows, and MUST give no row.
-- If it gives one (less than once in a billion draws), run the file again with :widen doubled.
--
-- Parameters: :key, the stage key of `objects`; :widen, 1 at first. Table: ratios.
-- Traps: as selection-ratio.sql, and
--   upper-case hex   to_hex() gives lower-case, but signed: a threshold of 2^63 or more is shifted by 2^64 first.
--   2^64             Has no 16 digits; `below` is null then and everybody is a candidate.

drop table if exists pg_temp.bounds;

create temp table bounds as
select
  stratum, n,
  case
    when threshold >= 18446744073709551616 then null
    when threshold >= 9223372036854775808
      then decode(lpad(to_hex((threshold - 18446744073709551616)::bigint), 16, '0'), 'hex')
    else decode(lpad(to_hex(threshold::bigint), 16, '0'), 'hex')
  end as below
from (
  select
    stratum, n,
    div(:widen * (n + 6 * ceil(sqrt(n)) + 20) * 18446744073709551616 + rows - 1, rows) as threshold
  from (
    select stratum, rows, least(rows, greatest(min, div(rows * num + den - 1, den))) as n
    from (select stratum, count(*)::numeric as rows from population group by stratum) as counted
    join ratios using (stratum)
  ) as wanted
) as bounded;

drop table if exists pg_temp.selection;

create temp table selection as
select id, stratum, encode(t, 'hex') collate "C" as ticket
from (
  select id, stratum, t, n, row_number() over (partition by stratum order by t, id) as rank
  from (
    select p.id, p.stratum, b.n, b.below, sha256(convert_to(:'key' || p.id, 'UTF8')) as t
    from population as p
    join bounds as b using (stratum)
    offset 0 -- keeps the hash from being computed once for the filter and again for the order
  ) as tickets
  where below is null or t < below
) as ranked
where rank <= n
order by stratum, t, id;

select b.stratum, b.n, count(s.id) as found
from bounds as b
left join selection as s using (stratum)
group by b.stratum, b.n
having count(s.id) <> b.n
order by b.stratum;
