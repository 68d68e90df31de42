-- 机构: divisions, authorities, their units and sections, people, the roles that people hold, the joint conference.

create schema agencies;
grant usage on schema agencies to sunlot_app, sunlot_portal;

create table agencies.division (
  code text primary key check (code ~ '^[0-9]{6}$'),
  name text not null,
  parent_code text references agencies.division (code) on delete restrict,
  level text not null check (level in ('province', 'prefecture', 'county')),
  status text not null check (status in ('current', 'statistical', 'revoked', 'fictional'))
);
comment on table agencies.division is '行政区划 by GB/T 2260, current and revoked: a code in a register may long be abolished.';
comment on column agencies.division.status is 'revoked: once in force (when it ended is not in the sources); statistical: only the statistical bureau codes it; fictional: for examples.';
create index on agencies.division (parent_code, code);
create index division_prefix on agencies.division (code text_pattern_ops);
grant select, insert, update on agencies.division to sunlot_app;
grant select on agencies.division to sunlot_portal;

create table agencies.authority (
  id uuid primary key,
  division_code text not null references agencies.division (code) on delete restrict,
  name text not null check (name = btrim(name) and length(name) between 2 and 100),
  short_name text not null check (length(short_name) between 1 and 40),
  superior_id uuid references agencies.authority (id) on delete restrict,
  inspects boolean not null default true,
  closed_on date,
  version integer not null default 1,
  check (superior_id <> id)
);
comment on table agencies.authority is '部门. Which departments there are is data (REQ-GEN-7): 濮阳县 lists 26.';
comment on column agencies.authority.superior_id is '上级主管部门: whose rules prevail (S2 (十七)).';
comment on column agencies.authority.inspects is 'Whether it may inspect at all (检查主体); a joint-conference office or a justice bureau that only oversees may not.';
create unique index authority_name on agencies.authority (division_code, name) where closed_on is null;
create index authority_division on agencies.authority (division_code text_pattern_ops, id);
create index on agencies.authority (superior_id);
create index authority_name_order on agencies.authority (name, id);
grant select, insert, update on agencies.authority to sunlot_app;

create table agencies.unit (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  parent_id uuid references agencies.unit (id) on delete restrict,
  name text not null check (name = btrim(name) and length(name) between 1 and 100),
  closed_on date,
  version integer not null default 1,
  check (parent_id <> id)
);
comment on table agencies.unit is '所属单位 and 科室 (a unit with a parent): enforcement is done by subordinate units, not by the bureau as such (REQ-ACT-13).';
create unique index unit_name on agencies.unit (authority_id, coalesce(parent_id, authority_id), name) where closed_on is null;
grant select, insert, update on agencies.unit to sunlot_app;

create table agencies.person (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  unit_id uuid references agencies.unit (id) on delete restrict,
  name text not null check (name = btrim(name) and length(name) between 1 and 60),
  staff_number text check (length(staff_number) between 1 and 40),
  post text check (length(post) <= 60),
  mobile_cipher text,
  left_on date,
  version integer not null default 1
);
comment on table agencies.person is 'Somebody who works for an authority. staff_number tells namesakes apart.';
comment on column agencies.person.mobile_cipher is 'Encrypted with a key that is not in the database; masked everywhere, revealed one at a time with a purpose.';
create unique index person_staff_number on agencies.person (authority_id, staff_number) where staff_number is not null;
create index on agencies.person (authority_id, name, id);
create index person_name_order on agencies.person (name, id);
create index on agencies.person (unit_id);
grant select, insert, update on agencies.person to sunlot_app;

create table agencies.role_grant (
  id uuid primary key,
  person_id uuid not null references agencies.person (id) on delete restrict,
  role text not null check (role in ('systemAdministrator', 'securityAdministrator', 'auditAdministrator', 'conferenceOffice',
    'clerk', 'unitHead', 'leaderInCharge', 'inspector', 'oversight', 'reader')),
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text not null references agencies.division (code) on delete restrict,
  valid_from date not null,
  valid_until date,
  state text not null check (state in ('proposed', 'effective', 'rejected', 'withdrawn', 'expired')),
  reason text not null check (length(reason) between 1 and 500),
  proposed_by uuid references agencies.person (id) on delete restrict,
  proposed_at timestamptz not null,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  decision_note text check (length(decision_note) between 1 and 500),
  withdrawn_by uuid references agencies.person (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  version integer not null default 1,
  check (valid_until is null or valid_until >= valid_from),
  -- A role grant needs a second person (I16), and nobody decides his own.
  check (decided_by is null or (decided_by is distinct from proposed_by and decided_by <> person_id)),
  check (state not in ('rejected') or decided_by is not null)
);
comment on table agencies.role_grant is 'Role × authority × division, with dates. Proposed by one person, decided by another. proposed_by is null only for the three administrators with whom a database is born.';
comment on column agencies.role_grant.state is 'expired: its last day had passed when a new grant was proposed; until then an effective one past valid_until gives nothing either.';
create unique index one_administrator on agencies.role_grant (person_id)
  where state in ('proposed', 'effective') and role in ('systemAdministrator', 'securityAdministrator', 'auditAdministrator');
comment on index agencies.one_administrator is '三员分立: nobody holds two of the three, not even proposed.';
create unique index role_once on agencies.role_grant (person_id, role, authority_id, division_code) where state in ('proposed', 'effective');
create index on agencies.role_grant (authority_id, state, id);
create index on agencies.role_grant (person_id, state);
grant select, insert, update on agencies.role_grant to sunlot_app;

create table agencies.conference (
  id uuid primary key,
  division_code text not null unique references agencies.division (code) on delete restrict,
  name text not null check (length(name) between 2 and 100),
  office_authority_id uuid not null references agencies.authority (id) on delete restrict,
  oversight_authority_id uuid references agencies.authority (id) on delete restrict,
  version integer not null default 1
);
comment on table agencies.conference is '联席会议 of a division (REQ-ACT-1): its office, and the authority that oversees (REQ-ACT-3).';
grant select, insert, update on agencies.conference to sunlot_app;

create table agencies.conference_member (
  id uuid primary key,
  conference_id uuid not null references agencies.conference (id) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  responsible_deputy_id uuid not null references agencies.person (id) on delete restrict,
  joined_on date not null,
  left_on date,
  version integer not null default 1
);
comment on table agencies.conference_member is '成员单位. A change of the responsible deputy ends one row and begins another, so that it stays known who answered when.';
comment on column agencies.conference_member.responsible_deputy_id is '分管同志: 相关部门要明确一名分管同志负责部门联合抽查监管工作 (S1 五(一), REQ-ACT-2).';
create unique index conference_member_once on agencies.conference_member (conference_id, authority_id) where left_on is null;
create index on agencies.conference_member (authority_id) where left_on is null;
create index on agencies.conference_member (responsible_deputy_id) where left_on is null;
grant select, insert, update on agencies.conference_member to sunlot_app;

create table agencies.leading_group_member (
  id uuid primary key,
  conference_id uuid not null references agencies.conference (id) on delete restrict,
  person_id uuid not null references agencies.person (id) on delete restrict,
  post text not null check (post in ('head', 'deputyHead', 'member')),
  joined_on date not null,
  left_on date,
  version integer not null default 1
);
comment on table agencies.leading_group_member is '联席会议领导小组 (REQ-ACT-1).';
create unique index leading_group_member_once on agencies.leading_group_member (conference_id, person_id) where left_on is null;
create unique index one_head on agencies.leading_group_member (conference_id) where post = 'head' and left_on is null;
create index on agencies.leading_group_member (person_id) where left_on is null;
grant select, insert, update on agencies.leading_group_member to sunlot_app;

create table agencies.organisation_import (
  id uuid primary key,
  division_code text not null references agencies.division (code) on delete restrict,
  file_name text not null,
  file_hash text not null,
  state text not null check (state in ('checked', 'applied', 'discarded')),
  report jsonb not null,
  uploaded_by uuid not null references agencies.person (id) on delete restrict,
  uploaded_at timestamptz not null,
  applied_by uuid references agencies.person (id) on delete restrict,
  applied_at timestamptz,
  version integer not null default 1
);
comment on table agencies.organisation_import is 'An organisation chart from a spreadsheet: what it would do, row by row, before anything is done; applied whole or not at all.';
comment on column agencies.organisation_import.report is 'Rows as they were read, each with what it would do. Mobile numbers are encrypted as in agencies.person.';
create index on agencies.organisation_import (division_code text_pattern_ops, uploaded_at desc, id);
grant select, insert, update on agencies.organisation_import to sunlot_app;

call audit.watch('agencies.division', '{code}');
call audit.watch('agencies.authority', '{id}');
call audit.watch('agencies.unit', '{id}');
call audit.watch('agencies.person', '{id}');
call audit.watch('agencies.role_grant', '{id}');
call audit.watch('agencies.conference', '{id}');
call audit.watch('agencies.conference_member', '{id}');
call audit.watch('agencies.leading_group_member', '{id}');
call audit.watch('agencies.organisation_import', '{id}');
