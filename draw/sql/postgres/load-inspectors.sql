-- Loads inspectors.tsv from the current folder. For psql alone; a draw with matching "none" has no such file.
--
-- Parameters: none. Traps: as load.sql.

\copy inspectors from 'inspectors.tsv' with (format text, encoding 'UTF8')
