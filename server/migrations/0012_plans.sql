-- 年度抽查工作计划: plans, their lines, published adjustments, filings with receipts, imports of office tables.
create schema plans;
grant usage on schema plans to sunlot_app, sunlot_portal;

create table plans.plan (
  id uuid primary key,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  kind text not null check (kind in ('annual', 'halfYear', 'consolidated')),
  year integer not null check (year between 2000 and 2200),
  half integer check (half in (1, 2)),
  title text not null check (title = btrim(title) and length(title) between 2 and 200),
  field text not null check (field in ('market', 'nonMarket', 'all')),
  -- Its authority, whom it invited while it was a draft, and whoever has received it.
  party_ids uuid[] not null,
  invited_ids uuid[] not null default '{}',
  state text not null check (state in ('draft', 'inReview', 'approved', 'published', 'closed', 'discarded')),
  open_division_code text collate "C" generated always as (case when state in ('published', 'closed') then division_code end) stored,
  law_version text not null check (law_version ~ '^[0-9a-f]{64}$'),
  made_by uuid references agencies.person (id) on delete restrict,
  drafter_ids uuid[] not null check (cardinality(drafter_ids) > 0),
  proposed_by uuid references agencies.person (id) on delete restrict,
  proposed_at timestamptz,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  decision_note text check (length(decision_note) between 1 and 500),
  acknowledged jsonb not null default '[]',
  published_by uuid references agencies.person (id) on delete restrict,
  published_at timestamptz,
  published_on date,
  published_in text check (length(published_in) between 1 and 300),
  library_due_on date,
  ended_by uuid references agencies.person (id) on delete restrict,
  end_reason text check (length(end_reason) between 1 and 500),
  version integer not null default 1,
  check ((kind = 'halfYear') = (half is not null)),
  check (kind <> 'halfYear' or field = 'nonMarket'),
  check (party_ids @> (array[authority_id] || invited_ids)),
  check (state not in ('approved', 'published', 'closed')
    or (decided_by is not null and decided_by <> proposed_by and decided_by <> all (drafter_ids))),
  check ((state in ('published', 'closed')) = (published_on is not null))
);
comment on table plans.plan is '年度抽查工作计划 (REQ-PLAN-1): of an authority for a year or a half of it; consolidated: of the joint conference''s office, from what was submitted to it.';
comment on column plans.plan.party_ids is 'Who may see it before it is published: its authority, whom it invited, and the receivers of what was sent and not taken back.';
comment on column plans.plan.drafter_ids is 'Who wrote it or any line of it: none of them decides on it.';
comment on column plans.plan.version is 'Counts every change of the plan and of its lines, so that nobody proposes or approves what he has not seen.';
comment on column plans.plan.acknowledged is 'Warnings that somebody read and answered before it was proposed: [{code, line, reason}].';
create unique index plan_once on plans.plan (authority_id, kind, year, coalesce(half, 0), field) where state <> 'discarded';
create index plan_division on plans.plan (division_code, year desc, id);
create index plan_open on plans.plan (open_division_code text_pattern_ops, year desc, id);
create index plan_parties on plans.plan using gin (party_ids);
grant select, insert, update on plans.plan to sunlot_app;

create table plans.plan_line (
  id uuid primary key,
  plan_id uuid not null references plans.plan (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  number integer not null check (number >= 1),
  code text collate "C" check (length(code) between 1 and 60),
  task_name text not null check (task_name = btrim(task_name) and length(task_name) between 2 and 200),
  draw_type text not null check (draw_type in ('TARGETED', 'UNTARGETED')),
  tier text not null check (tier in ('PRIORITY', 'GENERAL')),
  field text not null check (field in ('market', 'nonMarket')),
  mode text check (mode ~ '^[A-Z_]{2,40}$'),
  cross_region boolean not null default false,
  lead_authority_id uuid not null references agencies.authority (id) on delete restrict,
  guided_by text check (length(guided_by) between 1 and 200),
  unit text check (length(unit) between 1 and 100),
  object text not null check (length(object) between 1 and 1000),
  scope jsonb not null,
  content text check (length(content) between 1 and 4000),
  full_coverage boolean not null default false,
  ratio integer check (ratio between 1 and 10000),
  quantity integer check (quantity between 1 and 1000000),
  class_ratios jsonb,
  batches integer check (batches between 1 and 366),
  draws integer not null default 1 check (draws between 1 and 366),
  frequency_least integer check (frequency_least between 0 and 366),
  frequency_most integer check (frequency_most between 1 and 366),
  methods text[] not null default '{}',
  starts_on date not null,
  ends_on date not null,
  draw_level text not null check (draw_level in ('province', 'prefecture', 'county', 'station')),
  inspect_level text not null check (inspect_level in ('province', 'prefecture', 'county', 'station')),
  requirement text check (length(requirement) between 1 and 1000),
  remark text check (length(remark) between 1 and 1000),
  unmatched text check (length(unmatched) between 1 and 2000),
  joint_item_id uuid references registers.joint_item (id) on delete restrict,
  source_line_ids uuid[] not null default '{}',
  part_set integer not null default 1,
  state text not null default 'planned' check (state in ('planned', 'ended')),
  version integer not null default 1,
  check (ends_on >= starts_on),
  check (num_nonnulls(ratio, quantity) <= 1 and (full_coverage or num_nonnulls(ratio, quantity) = 1)),
  check (frequency_most >= frequency_least)
);
comment on table plans.plan_line is 'One task of a plan, with every column of the plan tables in use (requirements 2.6) and of attachments 1 and 4 (S4).';
comment on column plans.plan_line.mode is 'A code of joint-modes; null: one authority alone.';
comment on column plans.plan_line.class_ratios is 'Basis points by credit-risk class {"A":..,"B":..,"C":..,"D":..,"N":..}, within the ratio of the whole (REQ-PLAN-5, -6, -8).';
comment on column plans.plan_line.draws is '抽查批次数: how many draws the line allows in its period; each task of it is one of them (I1).';
comment on column plans.plan_line.draw_level is '抽查检查模式: 县抽县查, 市抽县查 …';
comment on column plans.plan_line.unmatched is 'What an imported table says that no item or authority here is called; must be empty before review.';
comment on column plans.plan_line.source_line_ids is 'In a consolidated plan: the lines it was taken from; more than one where overlaps became one joint visit.';
create unique index plan_line_number on plans.plan_line (plan_id, number);
create index plan_line_lead on plans.plan_line (lead_authority_id, starts_on);
create index plan_line_source on plans.plan_line using gin (source_line_ids);
grant select, insert, update on plans.plan_line to sunlot_app;

create table plans.plan_line_part (
  line_id uuid not null references plans.plan_line (id) on delete restrict,
  set_number integer not null,
  ordinal integer not null,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  item_id uuid references registers.inspection_item (id) on delete restrict,
  primary key (line_id, set_number, ordinal)
);
comment on table plans.plan_line_part is 'Which authority inspects which of its items, the lead first. Written once; an edit writes the next set.';
create index on plans.plan_line_part (authority_id);
create index on plans.plan_line_part (item_id);
grant select, insert on plans.plan_line_part to sunlot_app;

create table plans.amendment (
  id uuid primary key,
  plan_id uuid not null references plans.plan (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  number integer not null check (number >= 1),
  reason_code text not null check (reason_code ~ '^[A-Z_]{2,40}$'),
  reason text not null check (length(reason) between 2 and 500),
  state text not null check (state in ('draft', 'proposed', 'published', 'rejected', 'withdrawn')),
  made_by uuid not null references agencies.person (id) on delete restrict,
  drafter_ids uuid[] not null check (cardinality(drafter_ids) > 0),
  proposed_by uuid references agencies.person (id) on delete restrict,
  proposed_at timestamptz,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  decision_note text check (length(decision_note) between 1 and 500),
  published_on date,
  version integer not null default 1,
  check (state not in ('published', 'rejected')
    or (decided_by is not null and decided_by <> proposed_by and decided_by <> all (drafter_ids))),
  check ((state = 'published') = (published_on is not null))
);
comment on table plans.amendment is '计划调整 (REQ-PLAN-2, -16): approved by a second person and published as a difference with its reason. Approval publishes and applies it in one act.';
create unique index amendment_number on plans.amendment (plan_id, number);
create unique index amendment_open on plans.amendment (plan_id) where state in ('draft', 'proposed');
grant select, insert, update on plans.amendment to sunlot_app;

create table plans.amendment_change (
  amendment_id uuid not null references plans.amendment (id) on delete restrict,
  set_number integer not null,
  ordinal integer not null,
  op text not null check (op in ('add', 'change', 'end')),
  line_id uuid not null,
  line_version integer,
  before jsonb,
  after jsonb,
  primary key (amendment_id, set_number, ordinal),
  check ((op = 'add') = (line_version is null)),
  check ((op = 'end') = (after is null))
);
comment on table plans.amendment_change is 'What a line was and becomes, field by field; the last set counts. Written once. This is what is published.';
grant select, insert on plans.amendment_change to sunlot_app;

create table plans.filing (
  id uuid primary key,
  kind text not null check (kind in ('submission', 'filing', 'progress')),
  plan_id uuid references plans.plan (id) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  year integer not null,
  receiver_id uuid not null references agencies.authority (id) on delete restrict,
  body text not null check (body ~ '^[A-Z_]{2,40}$'),
  is_reviewed boolean not null default false,
  plan_version integer,
  summary text check (length(summary) between 2 and 10000),
  figures jsonb,
  law_key text,
  due_on date,
  submitted_by uuid not null references agencies.person (id) on delete restrict,
  submitted_at timestamptz not null,
  submitted_on date not null,
  state text not null check (state in ('submitted', 'received', 'returned', 'withdrawn')),
  receipt text check (length(receipt) between 1 and 60),
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  decided_on date,
  return_reason text check (length(return_reason) between 1 and 500),
  version integer not null default 1,
  check ((kind = 'progress') = (plan_id is null)),
  check (kind <> 'progress' or summary is not null),
  check ((state = 'received') = (receipt is not null)),
  check ((state = 'returned') = (return_reason is not null)),
  check (decided_by <> submitted_by)
);
comment on table plans.filing is '报送, 备案 and 工作推进情况总结: when, to whom, with which receipt, and how late (submitted_on against due_on). REQ-PLAN-10, -13, -14, REQ-STAT-1.';
comment on column plans.filing.is_reviewed is '备案审核: the receiver may return it for correction (S4 二10).';
create unique index filing_open on plans.filing (plan_id, kind, receiver_id) where state = 'submitted';
create unique index progress_open on plans.filing (authority_id, year, due_on) where kind = 'progress' and state in ('submitted', 'received');
create unique index filing_receipt on plans.filing (receiver_id, receipt);
create index on plans.filing (authority_id, year, id);
create index on plans.filing (receiver_id, state, id);
grant select, insert, update (state, receipt, decided_by, decided_at, decided_on, return_reason, version) on plans.filing to sunlot_app;

create table plans.filing_line (
  filing_id uuid not null references plans.filing (id) on delete restrict,
  ordinal integer not null,
  line_id uuid not null references plans.plan_line (id) on delete restrict,
  line_version integer not null,
  words jsonb not null,
  primary key (filing_id, ordinal)
);
comment on table plans.filing_line is 'The lines of a plan as they stood when it was sent. Written once: what is received is what was sent, whatever becomes of the plan.';
create index on plans.filing_line (line_id);
grant select, insert on plans.filing_line to sunlot_app;

create table plans.plan_import (
  id uuid primary key,
  plan_id uuid not null references plans.plan (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  file_name text not null check (length(file_name) between 1 and 200),
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  plan_version integer not null,
  report jsonb not null,
  state text not null check (state in ('checked', 'applied', 'discarded')),
  uploaded_by uuid not null references agencies.person (id) on delete restrict,
  uploaded_at timestamptz not null,
  applied_by uuid references agencies.person (id) on delete restrict,
  applied_at timestamptz,
  version integer not null default 1
);
comment on table plans.plan_import is 'A plan table of an office: what each row would become, before anything is written; applied whole or not at all.';
create index on plans.plan_import (plan_id, uploaded_at desc, id);
grant select, insert, update on plans.plan_import to sunlot_app;

call audit.watch('plans.plan', '{id}');
call audit.watch('plans.plan_line', '{id}');
call audit.watch('plans.plan_line_part', '{line_id,set_number,ordinal}');
call audit.watch('plans.amendment', '{id}');
call audit.watch('plans.amendment_change', '{amendment_id,set_number,ordinal}');
call audit.watch('plans.filing', '{id}');
call audit.watch('plans.filing_line', '{filing_id,ordinal}');
call audit.watch('plans.plan_import', '{id}');
