-- 法规参数 that a place adds to the files of law/: a new dated entry with its source and an approval, never an edit.

create schema law;
grant usage on schema law to sunlot_app, sunlot_portal;

create table law.entry (
  id uuid primary key,
  division_code text not null references agencies.division (code) on delete restrict,
  parameter text not null,
  value jsonb not null,
  kind text not null check (kind in ('default', 'floor', 'cap', 'binding')),
  valid_from date not null,
  valid_until date,
  starts_at text,
  source_document text not null check (length(source_document) between 2 and 200),
  source_article text,
  source_phrase text not null check (length(source_phrase) between 2 and 1000),
  state text not null check (state in ('proposed', 'effective', 'rejected')),
  proposed_by uuid not null references agencies.person (id) on delete restrict,
  proposed_at timestamptz not null,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  version integer not null default 1,
  check (valid_until is null or valid_until >= valid_from),
  check ((state = 'proposed') = (decided_by is null)),
  check (decided_by <> proposed_by)
);
comment on table law.entry is 'What a legal officer proposed and another approved. The value in force is resolved from these and the files by division and date.';
create index on law.entry (state, proposed_at, id);
grant select, insert, update on law.entry to sunlot_app;

create table law.calendar (
  year integer primary key check (year between 2000 and 2200),
  days jsonb not null,
  source_document text not null check (length(source_document) between 2 and 200),
  loaded_by uuid not null references agencies.person (id) on delete restrict,
  loaded_at timestamptz not null,
  version integer not null default 1
);
comment on table law.calendar is 'The State Council calendar of a year that was published after this version: holidays and make-up working days. Deadlines that ran into the year are computed again.';
grant select, insert, update on law.calendar to sunlot_app;

create table law.deadline (
  id uuid primary key,
  -- What the clock is of: `type/id` of a record.
  about text not null,
  parameter text not null,
  division_code text not null references agencies.division (code) on delete restrict,
  starts_on date not null,
  length integer not null check (length >= 0),
  due_on date,
  provisional boolean not null,
  met_at timestamptz,
  law_version text not null,
  version integer not null default 1,
  check (provisional = (due_on is null))
);
comment on table law.deadline is 'A running clock: start and length. due_on is null, and provisional true, while the year that it runs into has no published calendar.';
create index on law.deadline (provisional) where provisional;
create index on law.deadline (about);
grant select, insert, update on law.deadline to sunlot_app;

call audit.watch('law.entry', '{id}');
call audit.watch('law.calendar', '{year}');
call audit.watch('law.deadline', '{id}');
