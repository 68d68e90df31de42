-- The draw of inspectors: of each authority's pool the `draw` lowest tickets of stage inspectors/D, over aliases.
-- The last row of an authority has the ticket that the certificate calls `cut`.
--
-- Parameters: :seed, S of the certificate (each authority has a stage key of its own). Tables: inspectors, pools.
-- Traps: LF is chr(10), one byte, and nothing follows the authority; aliases and tickets ascend by bytes.

select authority, alias, encode(t, 'hex') collate "C" as ticket
from (
  select authority, alias, t, draw, row_number() over (partition by authority order by t, alias) as rank
  from (
    select i.authority, i.alias, p.draw, sha256(convert_to(p.key || i.alias, 'UTF8')) as t
    from inspectors as i
    join (
      select
        authority, draw,
        encode(
          sha256(convert_to('vdp1:key' || chr(10) || :'seed' || chr(10) || 'inspectors/' || authority, 'UTF8')),
          'hex'
        ) as key
      from pools
    ) as p using (authority)
  ) as tickets
) as ranked
where rank <= draw
order by authority, t, alias;
