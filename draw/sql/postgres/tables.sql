-- The lists of a bundle as tables (spec 2.5, 2.6). Run once in an empty schema, then load as README.md says.
--
-- Parameters: none.
-- Traps:
--   collation      Every text column is collate "C": a linguistic collation would order a before B and may skip "-".
--   null stratum   It would make a stratum of its own in a window and vanish in a join, so no column may be null.
--   duplicate id   The primary key refuses it.
--   line ends      COPY takes CRLF, a missing last LF and a weight like "007" without a word. Run lists.sql after
--                  loading: only the hash of the file that the commitment names shows that nothing was read tolerantly.

create table population (
  id text collate "C" primary key check (id ~ '^[0-9A-Za-z._:-]{1,55}$'),
  stratum text collate "C" not null check (stratum ~ '^[0-9A-Za-z._:/-]{1,64}$'),
  weight bigint not null check (weight between 1 and 999999999)
);

create table exclusions (
  id text collate "C" primary key check (id ~ '^[0-9A-Za-z._:-]{1,55}$'),
  reason text collate "C" not null check (reason ~ '^[a-z_]{1,24}$'),
  evidence text collate "C" not null check (evidence ~ '^[0-9a-f]{64}$')
);

create table inspectors (
  alias text collate "C" primary key check (alias ~ '^[0-9a-f]{48}$'),
  authority text collate "C" not null check (authority ~ '^d[0-9]{2,6}$')
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
