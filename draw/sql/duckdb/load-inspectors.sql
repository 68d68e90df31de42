-- Loads inspectors.tsv of a bundle; a draw with matching "none" has no such file.
--
-- Variables: folder, the bundle ('.' where you stand in it). Traps: as load.sql.

insert into inspectors
select alias, authority
from read_csv(
  getvariable('folder') || '/inspectors.tsv',
  delim = '\t', header = false, quote = '', escape = '', auto_detect = false,
  columns = { 'alias': 'VARCHAR', 'authority': 'VARCHAR' }
);
