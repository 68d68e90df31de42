-- How registers are filled from files: what a file would do, row by row, before anything is done; applied range by range,
-- to the end; undone whole.

create table registers.import_mapping (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  register text not null check (register in ('subject', 'inspector', 'item')),
  name text not null check (length(name) between 1 and 60),
  header text[] not null,
  mapping jsonb not null,
  made_by uuid not null references agencies.person (id) on delete restrict,
  made_at timestamptz not null,
  version integer not null default 1
);
comment on table registers.import_mapping is 'Which column of an office''s table is which field, remembered by the header it was made for.';
create unique index import_mapping_name on registers.import_mapping (authority_id, register, name);
grant select, insert, update on registers.import_mapping to sunlot_app;

create table registers.import (
  id uuid primary key,
  register text not null check (register in ('subject', 'inspector', 'item')),
  mode text not null check (mode in ('merge', 'full', 'reconcile')),
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  file_name text not null check (length(file_name) between 1 and 200),
  file_hash text not null,
  file_bytes bigint not null,
  sheet jsonb not null,
  mapping jsonb,
  state text not null check (state in ('uploaded', 'checking', 'unreadable', 'checked', 'applying', 'halted', 'applied', 'undoing', 'undone', 'discarded')),
  failure jsonb,
  counts jsonb not null default '{}',
  is_joint boolean not null default false,
  applied_to integer,
  is_read_again boolean not null default false,
  job_id uuid,
  uploaded_by uuid not null references agencies.person (id) on delete restrict,
  uploaded_at timestamptz not null,
  checked_by uuid references agencies.person (id) on delete restrict,
  checked_at timestamptz,
  approved_by uuid references agencies.person (id) on delete restrict,
  applied_by uuid references agencies.person (id) on delete restrict,
  applied_at timestamptz,
  undone_by uuid references agencies.person (id) on delete restrict,
  undone_at timestamptz,
  undo jsonb,
  undo_reason text check (length(undo_reason) between 1 and 500),
  version integer not null default 1,
  -- Taking out whoever is missing from a full list needs a second person, as one by one does (I4).
  check (approved_by is null or approved_by <> uploaded_by and approved_by is distinct from checked_by)
);
comment on table registers.import is 'merge: adds and changes; full: also takes out whoever is missing from the file; reconcile: compares and changes nothing (REQ-OBJ-9).';
comment on column registers.import.sheet is 'What the file is: kind, encoding, header, the first rows with personal columns masked.';
comment on column registers.import.checked_by is 'Who chose the columns, and what all rows get: no second person for them either.';
comment on column registers.import.is_joint is 'Whoever checked it keeps the subjects of every authority, so that it may change them.';
comment on column registers.import.applied_to is 'The last row whose range is in the register. Once there is one, the import goes on to its end, or is undone.';
comment on column registers.import.is_read_again is 'Its rows were lost half-way and are being put down again: until all of them are, none is applied.';
comment on column registers.import.undo is 'What taking it back needs, of inspectors and items; numbers of people in it are encrypted.';
comment on column registers.import.counts is 'How many rows became what; those of the file add up to its rows, and to whoever was to leave and was left out.';
create index on registers.import (division_code text_pattern_ops, uploaded_at desc, id);
create index on registers.import (authority_id, uploaded_at desc, id);
grant select, insert, update on registers.import to sunlot_app;

-- Not in the write-ahead log: after a crash of the server the rows are gone, and the file is checked again.
create unlogged table registers.import_row (
  import_id uuid not null,
  row_number integer not null,
  division_code text collate "C" not null,
  code text collate "C",
  name text not null default '',
  result text not null check (result in ('new', 'same', 'changed', 'renamed', 'conflict', 'duplicate', 'rejected', 'gone')),
  reasons jsonb not null default '[]',
  subject_id uuid,
  subject_division text collate "C",
  subject_version integer,
  fields jsonb not null default '{}',
  changes jsonb,
  is_written boolean not null default false,
  primary key (import_id, row_number)
);
comment on table registers.import_row is 'The rows of a file, and what would become of each. Not the register: it is emptied when the import is over for good.';
comment on column registers.import_row.is_written is 'Read again after a crash of the database, and in the register already.';
create index import_row_result on registers.import_row (import_id, result, row_number);
grant select, insert, update, delete on registers.import_row to sunlot_app;

-- The planner must know of the rows of a new file, or it compares a million of them pair by pair.
create function registers.know_import_rows() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  analyze registers.import_row;
end $$;
grant execute on function registers.know_import_rows() to sunlot_app;

call audit.watch('registers.import_mapping', '{id}');
call audit.watch('registers.import', '{id}');
insert into audit.exempt (table_name, reason) values
  ('registers.import_row', 'what a file holds and what it would do, before it does: what is applied is watched in the register');
