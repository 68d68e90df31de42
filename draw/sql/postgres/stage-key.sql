-- K(stage) = tag("key", S ‖ LF ‖ stage), 64 lower-case hex characters (spec 4).
--
-- Parameters: :seed (S of the certificate, 64 hex), :stage (objects, batch, inspectors/d01 …).
-- Traps: the separators are single LF bytes, chr(10), and nothing follows the stage; an editor that writes CRLF or a
--   last newline into the literal gives another key without a word.

select encode(
  sha256(convert_to('vdp1:key' || chr(10) || :'seed' || chr(10) || :'stage', 'UTF8')),
  'hex'
) as key;
