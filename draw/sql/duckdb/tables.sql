-- The lists of a bundle as tables (spec 2.5, 2.6). Run once in an empty schema, then load as README.md says.
--
-- Parameters: none.
-- Traps:
--   collation      DuckDB orders by bytes unless `default_collation` is set; collate "C" on every column says so.
--   null stratum   It would make a stratum of its own in a window and vanish in a join, so no column may be null.
--   duplicate id   The primary key refuses it.
--   sniffing       read_csv guesses delimiters, quotes and types unless it is told not to; README.md tells it.
--   line ends      It takes CRLF, a missing last LF and a weight like "007" without a word. Run lists.sql after
--                  loading: only the hash of the committed file shows that nothing was read tolerantly.

create table population (
  id text collate "C" primary key check (regexp_full_match(id, '[0-9A-Za-z._:-]{1,55}')),
  stratum text collate "C" not null check (regexp_full_match(stratum, '[0-9A-Za-z._:/-]{1,64}')),
  weight bigint not null check (weight between 1 and 999999999)
);

create table exclusions (
  id text collate "C" primary key check (regexp_full_match(id, '[0-9A-Za-z._:-]{1,55}')),
  reason text collate "C" not null check (regexp_full_match(reason, '[a-z_]{1,24}')),
  evidence text collate "C" not null check (regexp_full_match(evidence, '[0-9a-f]{64}'))
);

create table inspectors (
  alias text collate "C" primary key check (regexp_full_match(alias, '[0-9a-f]{48}')),
  authority text collate "C" not null check (regexp_full_match(authority, 'd[0-9]{2,6}'))
);

-- What the plan, the commitment and the certificate say in numbers; parameters.sql fills these from the manifests.

create table ratios (
  stratum text collate "C" primary key,
  num bigint not null check (num >= 1),
  den bigint not null check (den >= num),
  min bigint not null check (min >= 0)
);

create table quotas (
  code text collate "C" primary key,
  n bigint not null check (n >= 0)
);

create table class_quotas (
  weight bigint primary key,
  n bigint not null check (n >= 0)
);

create table pools (
  authority text collate "C" primary key,
  draw bigint not null check (draw >= 1)
);
