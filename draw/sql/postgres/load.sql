-- Loads population.tsv and exclusions.tsv from the current folder, the bundle. For psql alone: \copy reads on your side.
--
-- Parameters: none. Run `cd bundle` first; where the draw has inspectors, run load-inspectors.sql too.
-- Traps: the text format is meant (TAB, no header, no quotes); csv would read a quote as a quote. encoding is said, so
--   that a console with another one changes nothing. Then run lists.sql: \copy forgives line ends, the hash does not.

\copy population from 'population.tsv' with (format text, encoding 'UTF8')
\copy exclusions from 'exclusions.tsv' with (format text, encoding 'UTF8')
