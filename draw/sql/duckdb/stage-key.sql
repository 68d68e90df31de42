-- K(stage) = tag("key", S ‖ LF ‖ stage), 64 lower-case hex characters (spec 4).
--
-- Variables: seed (S of the certificate, 64 hex), stage (objects, batch, inspectors/d01 …).
-- Traps: the separators are single LF bytes, chr(10), and nothing follows the stage; an editor that writes CRLF or a
--   last newline into the literal gives another key without a word.

with draw_seed as (
  select
    case
      when regexp_full_match(getvariable('seed'), '[0-9a-f]{64}') then getvariable('seed')
      else error('variable seed is not 64 lower-case hex characters')::varchar
    end as seed
)
select sha256('vdp1:key' || chr(10) || seed || chr(10) || getvariable('stage')) as key
from draw_seed;
