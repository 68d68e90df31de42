-- 执法检查人员名录库: who may inspect, with which warrant; technical experts apart; kinship and interests as declared.

create table registers.inspector (
  id uuid primary key,
  person_id uuid not null references agencies.person (id) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null check (division_code ~ '^[0-9]{6}$'),
  initials text collate "C" not null,
  sex text not null check (sex in ('male', 'female')),
  id_card_cipher text,
  id_card_fingerprint bytea,
  mobile_cipher text,
  warrant_number text check (length(warrant_number) between 1 and 40),
  warrant_authority text check (length(warrant_authority) between 1 and 100),
  warrant_from date,
  warrant_until date,
  level text not null check (level in ('province', 'prefecture', 'county', 'township')),
  category text not null check (category ~ '^[A-Z][A-Z_]{1,59}$'),
  enforcement_categories text[] not null default '{}' check (cardinality(enforcement_categories) <= 20),
  qualifications text[] not null default '{}' check (cardinality(qualifications) <= 20),
  specialisms text[] not null default '{}' check (cardinality(specialisms) <= 20),
  state text not null default 'active' check (state in ('active', 'suspended', 'left')),
  state_reason text check (length(state_reason) between 1 and 500),
  entered_on date not null,
  ended_on date,
  import_id uuid,
  version integer not null default 1,
  check ((id_card_cipher is null) = (id_card_fingerprint is null)),
  check (warrant_until >= warrant_from),
  check (warrant_number is not null or (warrant_authority is null and warrant_from is null and warrant_until is null)),
  check ((state = 'left') = (ended_on is not null))
);
comment on table registers.inspector is '执法检查人员 (REQ-INS-1). A spell of a person in the register of an authority: who leaves keeps his row, who comes back or is moved gets another. Name, staff number, unit and section are those of the person.';
comment on column registers.inspector.initials is 'Pinyin initials of the name: the order of lists, and for search.';
comment on column registers.inspector.id_card_cipher is 'Encrypted with a key that is not in the database; masked everywhere, revealed one at a time with a purpose and within a daily quota (I17).';
comment on column registers.inspector.id_card_fingerprint is 'Keyed: the same number twice is found without opening either.';
comment on column registers.inspector.mobile_cipher is 'Where it differs from that of the person.';
comment on column registers.inspector.warrant_until is 'The register may be wider; without a warrant that is valid on the day nobody is drawn (D-11).';
comment on column registers.inspector.category is 'As what he may stand here: a code of inspector-categories (REQ-ACT-7).';
comment on column registers.inspector.enforcement_categories is '执法类别, 执法资质 and 业务专长 are short free words: the documents ask for them and list none (REQ-INS-2).';
comment on column registers.inspector.state is 'onLeave is no state: it follows from the periods of registers.inspector_leave and the day.';
create unique index inspector_person on registers.inspector (person_id) where state <> 'left';
create unique index inspector_id_card on registers.inspector (id_card_fingerprint) where state <> 'left';
create unique index inspector_warrant on registers.inspector (warrant_number) where state <> 'left';
create index on registers.inspector (person_id);
create index inspector_order on registers.inspector (initials, id);
create index inspector_division on registers.inspector (division_code, initials, id);
create index inspector_authority on registers.inspector (authority_id, initials, id);
create index inspector_expiry on registers.inspector (warrant_until, authority_id) where state <> 'left';
create index inspector_words on registers.inspector using gin (enforcement_categories, qualifications, specialisms);
grant select, insert, update on registers.inspector to sunlot_app;

create table registers.inspector_leave (
  id uuid primary key,
  inspector_id uuid not null references registers.inspector (id) on delete restrict,
  from_on date not null,
  until_on date not null,
  reason text not null check (length(reason) between 2 and 500),
  recorded_by uuid not null references agencies.person (id) on delete restrict,
  withdrawn_at timestamptz,
  version integer not null default 1,
  check (until_on >= from_on)
);
comment on table registers.inspector_leave is '请假. Whoever is on leave on a day is not drawn for it. The reason is for his own authority alone.';
comment on column registers.inspector_leave.withdrawn_at is 'A leave that had not begun when it was taken back. One that had begun ends earlier instead.';
create index on registers.inspector_leave (inspector_id, from_on, id);
grant select, insert, update on registers.inspector_leave to sunlot_app;

create table registers.declaration (
  id uuid primary key,
  person_id uuid not null references agencies.person (id) on delete restrict,
  kind text not null check (kind in ('kinship', 'shareholding', 'formerPost', 'property', 'other')),
  content_cipher text not null,
  subject_fingerprint bytea,
  from_on date,
  until_on date,
  declared_by uuid not null references agencies.person (id) on delete restrict,
  declared_at timestamptz not null,
  withdrawn_by uuid references agencies.person (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawal_reason text check (length(withdrawal_reason) between 1 and 500),
  version integer not null default 1,
  check (until_on >= from_on),
  check ((withdrawn_by is null) = (withdrawn_at is null))
);
comment on table registers.declaration is '亲属和利害关系申报 (REQ-REC-1): whoever is related to a subject is not matched with it. Of the person, so that it goes along when he is moved. Withdrawn, never deleted.';
comment on column registers.declaration.content_cipher is 'Subject (code, name) and note, encrypted: relatives are third persons, and the trail is read by others than those who may read this.';
comment on column registers.declaration.subject_fingerprint is 'Keyed fingerprint of the subject''s code, to find who declared anything about a subject.';
create index on registers.declaration (person_id, declared_at, id);
create index on registers.declaration (subject_fingerprint) where withdrawn_at is null;
grant select, insert, update on registers.declaration to sunlot_app;

create table registers.technical_expert (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null check (division_code ~ '^[0-9]{6}$'),
  kind text not null check (kind in ('expert', 'supportStaff')),
  name text not null check (name = btrim(name) and length(name) between 1 and 60),
  initials text collate "C" not null,
  organisation text check (length(organisation) between 1 and 100),
  fields text[] not null default '{}' check (cardinality(fields) <= 20),
  qualification text check (length(qualification) between 1 and 200),
  contact_cipher text,
  ended_on date,
  version integer not null default 1
);
comment on table registers.technical_expert is '专家和辅助人员 (REQ-ACT-9): they assist on top of the required number of inspectors, and never count towards a team. A table of their own, so that no query of inspectors can hold one.';
create unique index technical_expert_once on registers.technical_expert (authority_id, name, coalesce(organisation, '')) where ended_on is null;
create index technical_expert_order on registers.technical_expert (initials, id);
create index on registers.technical_expert (division_code, initials, id);
create index on registers.technical_expert (authority_id, initials, id);
grant select, insert, update on registers.technical_expert to sunlot_app;

call audit.watch('registers.inspector', '{id}', '{id_card_cipher,id_card_fingerprint,mobile_cipher}');
call audit.watch('registers.inspector_leave', '{id}', '{reason}');
call audit.watch('registers.declaration', '{id}', '{content_cipher,subject_fingerprint}');
call audit.watch('registers.technical_expert', '{id}', '{contact_cipher}');
