-- What must not be found in a register: an id in both population and exclusions, a stratum without subjects, a stratum
-- that neither ratios nor quotas names. Every row is a defect; no row is what should come.
--
-- Parameters: none. Tables: population, exclusions, ratios, quotas.
-- Traps: a comparison with null is neither true nor false; the tables allow no null, so `not exists` means what it
--   says.

select 'in_both' as defect, id as name
from population
join exclusions using (id)
union all
select 'empty_stratum', code
from (select stratum as code from ratios union select code from quotas) as named
where not exists (select from population where stratum = code)
union all
select 'unnamed_stratum', stratum
from (select distinct stratum from population) as present
where exists (select from quotas union all select from ratios)
  and not exists (select from quotas where code = stratum)
  and not exists (select from ratios where ratios.stratum = present.stratum)
order by 1, 2;
