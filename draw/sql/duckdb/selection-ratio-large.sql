-- The ratio design for a register of millions: rows whose ticket begins above a threshold are dropped before anything
-- is sorted. The threshold of a stratum is ⌈widen · (n + 6·⌈√n⌉ + 20)/N · 2^64⌉ over the first 64 bits of a ticket;
-- it only spares work: the last statement names every stratum that got fewer than n rows, and MUST give no row.
-- If it gives one (less than once in a billion draws), run the file again with widen doubled.
--
-- Variables: key, the stage key of `objects`; widen, 1 at first. Table: ratios.
-- Traps: as selection-ratio.sql, and
--   upper-case hex   hex() gives upper-case, which would sort below lower-case tickets; format '{:016x}' does not.
--   2^64             Has no 16 digits; `below` is null then and everybody is a candidate.

create or replace temp table bounds as
select
  stratum, n,
  case
    when threshold >= 18446744073709551616 then null
    else format('{:016x}', threshold::ubigint)
  end as below
from (
  select
    stratum, n,
    (getvariable('widen') * (n + 6 * ceil(sqrt(n))::hugeint + 20) * 18446744073709551616 + rows - 1) // rows
      as threshold
  from (
    select stratum, rows, least(rows, greatest(min, (rows * num + den - 1) // den)) as n
    from (select stratum, count(*)::hugeint as rows from population group by stratum) as counted
    join ratios using (stratum)
  ) as wanted
) as bounded;

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
  select id, stratum, t, n, row_number() over (partition by stratum order by t, id) as rank
  from (
    select p.id, p.stratum, b.n, b.below, sha256(key || p.id) as t
    from population as p
    join bounds as b using (stratum)
    cross join stage
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
