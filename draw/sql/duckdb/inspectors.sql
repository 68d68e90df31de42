-- The draw of inspectors: of each authority's pool the `draw` lowest tickets of stage inspectors/D, over aliases.
-- The last row of an authority has the ticket that the certificate calls `cut`.
--
-- Variables: seed, S of the certificate (each authority has a stage key of its own). Tables: inspectors, pools.
-- Traps: DuckDB reads an unset variable as null and goes on, hence the check of seed. LF is chr(10), one byte, and
--   nothing follows the authority; aliases and tickets ascend by bytes.

with draw_seed as (
  select
    case
      when regexp_full_match(getvariable('seed'), '[0-9a-f]{64}') then getvariable('seed')
      else error('variable seed is not 64 lower-case hex characters')::varchar
    end as seed
)
select authority, alias, t as ticket
from (
  select authority, alias, t, draw, row_number() over (partition by authority order by t, alias) as rank
  from (
    select i.authority, i.alias, p.draw, sha256(p.key || i.alias) as t
    from inspectors as i
    join (
      select
        authority, draw,
        sha256('vdp1:key' || chr(10) || seed || chr(10) || 'inspectors/' || authority) as key
      from pools, draw_seed
    ) as p using (authority)
  ) as tickets
) as ranked
where rank <= draw
order by authority, t, alias;
