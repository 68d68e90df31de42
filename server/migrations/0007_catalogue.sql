-- 抽查事项清单: the citation register, inspection items with their legal basis and checklists, joint items, operating
-- rules and work instructions, and the statements of what is unsuitable for double-random.

create table registers.citation (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  title text not null check (title = btrim(title) and length(title) between 2 and 200),
  document_number text check (document_number = btrim(document_number) and length(document_number) between 2 and 60),
  issuer text check (length(issuer) between 2 and 100),
  level text not null check (level in ('law', 'administrativeRegulation', 'localRegulation', 'departmentalRule', 'localRule',
    'normativeDocument', 'standard')),
  in_force_from date,
  in_force_until date,
  repealed_by uuid references registers.citation (id) on delete restrict,
  doubtful boolean not null default false,
  doubt_note text check (length(doubt_note) between 2 and 500),
  version integer not null default 1,
  check (in_force_until >= in_force_from),
  check (repealed_by <> id),
  check (repealed_by is null or in_force_until is not null),
  check (doubtful = (doubt_note is not null))
);
comment on table registers.citation is '依据库: the instruments that inspection items rest on, entered by an authority and read by all. S1 cites 国发〔2023〕5号 for what the others cite as 国发〔2019〕5号: legal bases come from a checked register.';
comment on column registers.citation.in_force_from is 'Null: nobody has looked it up yet, as after an import. An item cannot stand on such a basis alone.';
comment on column registers.citation.doubtful is 'Marked by hand, or because it is in the list doubtful-citations of the law.';
create unique index citation_once on registers.citation (division_code, title, coalesce(document_number, ''));
create index citation_title_order on registers.citation (title, id);
create index on registers.citation (repealed_by);
grant select, insert, update on registers.citation to sunlot_app;

create table registers.inspection_item (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  code text collate "C" not null check (code = btrim(code) and length(code) between 1 and 40),
  name text not null check (name = btrim(name) and length(name) between 2 and 200),
  sub_item text check (sub_item = btrim(sub_item) and length(sub_item) between 1 and 300),
  object text not null check (length(object) between 1 and 1000),
  scope text check (length(scope) between 1 and 4000),
  field text not null check (field in ('market', 'nonMarket')),
  is_random boolean not null,
  not_random_reason text check (length(not_random_reason) between 2 and 500),
  tier text not null check (tier in ('PRIORITY', 'GENERAL')),
  ratio_floor integer check (ratio_floor between 1 and 10000),
  ratio_cap integer check (ratio_cap between 1 and 10000),
  ratio_note text check (length(ratio_note) between 1 and 500),
  by_batches boolean not null default false,
  frequency text check (length(frequency) between 1 and 200),
  methods text[] not null default '{}',
  method_requirement text check (length(method_requirement) between 1 and 1000),
  implementing_levels text[] not null default '{}' check (implementing_levels <@ '{province,prefecture,county,station}'),
  inspector_categories text[] not null default '{}',
  inspector_qualifications text[] not null default '{}',
  applies_to jsonb not null default '{"industries":[],"entityTypes":[],"kinds":[],"licenceKinds":[],"pools":[],"tags":[]}',
  note text check (length(note) between 1 and 1000),
  basis_set integer not null default 1,
  revises uuid references registers.inspection_item (id) on delete restrict,
  effective_from date,
  effective_until date,
  state text not null check (state in ('draft', 'proposed', 'effective', 'ended', 'discarded')),
  entered_by uuid references agencies.person (id) on delete restrict,
  proposed_by uuid references agencies.person (id) on delete restrict,
  proposed_at timestamptz,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  decision_note text check (length(decision_note) between 1 and 500),
  ended_by uuid references agencies.person (id) on delete restrict,
  end_reason text check (length(end_reason) between 1 and 500),
  version integer not null default 1,
  check (effective_until >= effective_from),
  check (ratio_floor <= ratio_cap),
  check (not is_random or not_random_reason is null),
  check (revises <> id),
  -- The list is published by law: nobody publishes what he proposed himself.
  check (state not in ('effective', 'ended') or (decided_by is not null and decided_by <> proposed_by)),
  check (state <> 'effective' or effective_from is not null)
);
comment on table registers.inspection_item is '抽查事项清单: an authority''s whole list of powers and inspection items (REQ-ITEM-1, -9); is_random marks those that are drawn.';
comment on column registers.inspection_item.field is '市场监管领域 or not (REQ-GEN-5): decides who oversees, with whom it is filed, and which attachment counts it.';
comment on column registers.inspection_item.not_random_reason is 'Why it is unsuitable for double-random, in writing (REQ-ITEM-5, S4 2).';
comment on column registers.inspection_item.tier is '重点检查事项 or 一般检查事项 (REQ-ITEM-3, S1 1).';
comment on column registers.inspection_item.ratio_cap is 'Basis points of the subjects in a year; of general items alone (S1 1: 一般检查事项…应根据监管实际情况设置上限).';
comment on column registers.inspection_item.by_batches is 'Where the ratio is high the draw fixes the order of batches (S1 1).';
comment on column registers.inspection_item.applies_to is 'Which subjects it corresponds to (REQ-OBJ-6): industries (GB/T 4754 prefixes), entityTypes, kinds, licenceKinds, pools, tags; an empty list restricts nothing.';
comment on column registers.inspection_item.basis_set is 'Which rows of item_basis are its legal basis: each edit writes new ones.';
create unique index item_code_once on registers.inspection_item (authority_id, code) where state = 'effective' and effective_until is null;
create unique index item_code_open on registers.inspection_item (authority_id, code) where state in ('draft', 'proposed');
create index item_division on registers.inspection_item (division_code, code, id);
create index item_order on registers.inspection_item (code, id);
create index item_proposed on registers.inspection_item (authority_id, proposed_at) where state = 'proposed';
create index on registers.inspection_item (revises);
grant select, insert, update on registers.inspection_item to sunlot_app;

create table registers.item_basis (
  item_id uuid not null references registers.inspection_item (id) on delete restrict,
  set_number integer not null,
  ordinal integer not null,
  citation_id uuid not null references registers.citation (id) on delete restrict,
  article text check (length(article) between 1 and 300),
  phrase text check (length(phrase) between 1 and 2000),
  primary key (item_id, set_number, ordinal)
);
comment on table registers.item_basis is '抽查依据: instrument, article and words. 法律法规没有规定的一律不得擅自开展检查 (S3 ㈢, REQ-ITEM-4). Written once; an edit writes the next set.';
create index on registers.item_basis (citation_id, item_id);
grant select, insert on registers.item_basis to sunlot_app;

create table registers.checklist (
  id uuid primary key,
  item_id uuid not null references registers.inspection_item (id) on delete restrict,
  number integer not null check (number >= 1),
  effective_from date not null,
  change_note text check (length(change_note) between 1 and 500),
  checkpoints jsonb not null check (jsonb_array_length(checkpoints) between 1 and 300),
  made_by uuid references agencies.person (id) on delete restrict,
  made_at timestamptz not null
);
comment on table registers.checklist is '检查表单: the checkpoints of an item, in order, each with text, basis, method and how to judge. A version is written once.';
create unique index checklist_number on registers.checklist (item_id, number);
grant select, insert on registers.checklist to sunlot_app;

create table registers.joint_item (
  id uuid primary key,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  lead_authority_id uuid not null references agencies.authority (id) on delete restrict,
  -- The lead and all that take part: who may see it.
  authority_ids uuid[] not null,
  name text not null check (name = btrim(name) and length(name) between 2 and 200),
  field text not null check (field in ('market', 'nonMarket')),
  mode text not null check (length(mode) between 1 and 40),
  object text not null check (length(object) between 1 and 1000),
  methods text[] not null,
  implementing_levels text[] not null check (implementing_levels <@ '{province,prefecture,county,station}' and implementing_levels <> '{}'),
  ratio integer check (ratio between 1 and 10000),
  quantity integer check (quantity between 1 and 1000000),
  start_month integer not null check (start_month between 1 and 12),
  end_month integer not null check (end_month between 1 and 12),
  focus text not null check (length(focus) between 1 and 2000),
  part_set integer not null default 1,
  state text not null check (state in ('draft', 'proposed', 'effective', 'ended', 'discarded')),
  proposed_by uuid references agencies.person (id) on delete restrict,
  proposed_at timestamptz,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  decision_note text check (length(decision_note) between 1 and 500),
  ended_by uuid references agencies.person (id) on delete restrict,
  end_reason text check (length(end_reason) between 1 and 500),
  version integer not null default 1,
  check (end_month >= start_month),
  check (num_nonnulls(ratio, quantity) = 1),
  check (state not in ('effective', 'ended') or (decided_by is not null and decided_by <> proposed_by))
);
comment on table registers.joint_item is '部门联合抽查事项清单: 联合抽查任务名称、检查对象、发起检查主体、参与检查主体、检查方式、实施层级、抽查比例或数量、起止时间、联合抽查事项、检查重点 (S0 三(二), REQ-ITEM-2, -8).';
create unique index joint_item_name on registers.joint_item (division_code, name) where state in ('draft', 'proposed', 'effective');
create index joint_item_division on registers.joint_item (division_code, name, id);
create index joint_item_authorities on registers.joint_item using gin (authority_ids);
create index joint_item_order on registers.joint_item (name, id);
grant select, insert, update on registers.joint_item to sunlot_app;

create table registers.joint_item_part (
  joint_item_id uuid not null references registers.joint_item (id) on delete restrict,
  set_number integer not null,
  ordinal integer not null,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  item_id uuid references registers.inspection_item (id) on delete restrict,
  primary key (joint_item_id, set_number, ordinal)
);
comment on table registers.joint_item_part is 'Which authority inspects which of its items; the lead too. Written once; an edit writes the next set. Without an item: it takes part and has not yet named one.';
create index on registers.joint_item_part (item_id);
create index on registers.joint_item_part (authority_id);
grant select, insert on registers.joint_item_part to sunlot_app;

create table registers.operating_document (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  kind text not null check (kind in ('operatingRules', 'workInstruction')),
  title text not null check (title = btrim(title) and length(title) between 2 and 200),
  number integer not null check (number >= 1),
  effective_from date not null,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  file_name text not null check (length(file_name) between 1 and 200),
  file_bytes integer not null check (file_bytes > 0),
  format text not null check (format in ('pdf', 'docx', 'doc', 'ofd', 'txt')),
  uploaded_by uuid references agencies.person (id) on delete restrict,
  uploaded_at timestamptz not null,
  state text not null check (state in ('kept', 'submitted', 'received', 'returned')),
  submitted_on date,
  due_on date,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  return_reason text check (length(return_reason) between 1 and 500),
  version integer not null default 1,
  check ((state = 'kept') = (submitted_on is null)),
  check ((state = 'returned') = (return_reason is not null))
);
comment on table registers.operating_document is '抽查细则 and 工作指引 (REQ-ITEM-10, S1 4): versions of documents, submitted to the joint conference''s office. file_hash names the file on disk.';
create unique index operating_document_number on registers.operating_document (authority_id, kind, title, number);
create index operating_document_division on registers.operating_document (division_code, id);
grant select, insert, update (state, submitted_on, due_on, decided_by, decided_at, return_reason, version) on registers.operating_document to sunlot_app;

create table registers.unsuitable_statement (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  reported_to text check (length(reported_to) between 1 and 40),
  receiver_id uuid references agencies.authority (id) on delete restrict,
  explanation text not null check (length(explanation) between 2 and 2000),
  items jsonb not null,
  submitted_by uuid not null references agencies.person (id) on delete restrict,
  submitted_on date not null,
  submitted_at timestamptz not null,
  due_on date,
  state text not null check (state in ('submitted', 'received', 'returned')),
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  return_reason text check (length(return_reason) between 1 and 500),
  version integer not null default 1,
  check ((state = 'submitted') = (decided_by is null)),
  check (decided_by <> submitted_by),
  check ((state = 'returned') = (return_reason is not null))
);
comment on table registers.unsuitable_statement is '不适宜双随机事项的书面说明 (REQ-ITEM-5, S4 2: 应当书面说明理由和列明…具体事项…报送市司法局). items: what stood in the catalogue on that day; never changed.';
create unique index unsuitable_statement_open on registers.unsuitable_statement (authority_id) where state = 'submitted';
create index unsuitable_statement_division on registers.unsuitable_statement (division_code, id);
grant select, insert, update (state, decided_by, decided_at, return_reason, version) on registers.unsuitable_statement to sunlot_app;

call audit.watch('registers.citation', '{id}');
call audit.watch('registers.inspection_item', '{id}');
call audit.watch('registers.item_basis', '{item_id,set_number,ordinal}');
call audit.watch('registers.checklist', '{id}');
call audit.watch('registers.joint_item', '{id}');
call audit.watch('registers.joint_item_part', '{joint_item_id,set_number,ordinal}');
call audit.watch('registers.operating_document', '{id}');
call audit.watch('registers.unsuitable_statement', '{id}');
