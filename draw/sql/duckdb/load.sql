-- Loads population.tsv and exclusions.tsv of a bundle.
--
-- Variables: folder, the bundle ('.' where you stand in it). Where the draw has inspectors, run
--   load-inspectors.sql too.
-- Traps: read_csv guesses unless told: TAB, no header, no quotes, no escapes, every column as text (a code of digits is
--   no number, and "NULL" is an id). Then run lists.sql: read_csv forgives line ends, the hash does not.

insert into population
select id, stratum, weight::bigint
from read_csv(
  getvariable('folder') || '/population.tsv',
  delim = '\t', header = false, quote = '', escape = '', auto_detect = false,
  columns = { 'id': 'VARCHAR', 'stratum': 'VARCHAR', 'weight': 'VARCHAR' }
);

insert into exclusions
select id, reason, evidence
from read_csv(
  getvariable('folder') || '/exclusions.tsv',
  delim = '\t', header = false, quote = '', escape = '', auto_detect = false,
  columns = { 'id': 'VARCHAR', 'reason': 'VARCHAR', 'evidence': 'VARCHAR' }
);
