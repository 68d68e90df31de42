-- 抽查任务: what is to be drawn and how, and the ledger of visits that caps and exclusions are counted from.
create schema tasks;
grant usage on schema tasks to sunlot_app, sunlot_portal;

create table tasks.task (
  id uuid primary key,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  lead_authority_id uuid not null references agencies.authority (id) on delete restrict,
  year integer not null,
  serial integer not null check (serial >= 1),
  number text not null check (length(number) between 3 and 80),
  name text not null check (name = btrim(name) and length(name) between 2 and 200),
  field text not null check (field in ('market', 'nonMarket')),
  tier text not null check (tier in ('PRIORITY', 'GENERAL')),
  plan_line_id uuid references plans.plan_line (id) on delete restrict,
  plan_line_version integer,
  draw_no integer check (draw_no >= 1),
  narrowed_reason text check (length(narrowed_reason) between 2 and 1000),
  replaces_task_id uuid references tasks.task (id) on delete restrict,
  outside_ground text check (outside_ground ~ '^[A-Z_]{2,40}$'),
  outside_note text check (length(outside_note) between 2 and 1000),
  outside_evidence text check (outside_evidence ~ '^[0-9a-f]{64}$'),
  cap_ground text check (cap_ground ~ '^[A-Z_]{2,40}$'),
  cap_note text check (length(cap_note) between 2 and 1000),
  mode text check (mode ~ '^[A-Z_]{2,40}$'),
  cross_region boolean not null default false,
  draw_type text not null check (draw_type in ('TARGETED', 'UNTARGETED')),
  draw_level text not null check (draw_level in ('province', 'prefecture', 'county', 'station')),
  inspect_level text not null check (inspect_level in ('province', 'prefecture', 'county', 'station')),
  scope jsonb not null,
  strata_by text not null check (strata_by in ('whole', 'class', 'industryClass', 'divisionClass')),
  design jsonb not null,
  waived_exclusions jsonb not null default '{}',
  methods text[] not null check (methods <> '{}'),
  starts_on date not null,
  ends_on date not null,
  matching text not null check (matching in ('teams', 'subjects')),
  team_count integer check (team_count between 1 and 9999),
  load_cap integer not null check (load_cap between 1 and 10000),
  tau_hundredths integer not null default 25 check (tau_hundredths between 0 and 10000),
  drawn_list_published boolean not null,
  reply_by date,
  round integer not null default 0,
  item_set integer not null default 1,
  party_ids uuid[] not null,
  state text not null check (state in ('drafted', 'consulting', 'agreed', 'cancelled')),
  open_division_code text collate "C" generated always as (case when agreed_at is not null then division_code end) stored,
  law_version text not null check (law_version ~ '^[0-9a-f]{64}$'),
  figures jsonb,
  figures_at timestamptz,
  drafted_by uuid not null references agencies.person (id) on delete restrict,
  drafter_ids uuid[] not null check (cardinality(drafter_ids) > 0),
  dispatched_by uuid references agencies.person (id) on delete restrict,
  dispatched_at timestamptz,
  agreed_at timestamptz,
  ended_by uuid references agencies.person (id) on delete restrict,
  end_reason text check (length(end_reason) between 2 and 500),
  version integer not null default 1,
  check (ends_on >= starts_on),
  check ((plan_line_id is null) = (outside_ground is not null)),
  check ((plan_line_id is null) = (plan_line_version is null)),
  check ((plan_line_id is null) = (draw_no is null)),
  check (replaces_task_id <> id),
  check (outside_ground is null or (outside_note is not null and outside_evidence is not null)),
  check ((matching = 'teams') = (team_count is not null)),
  check (drafted_by = any (drafter_ids)),
  check (dispatched_by is null or dispatched_by <> all (drafter_ids)),
  check ((state = 'agreed') = (agreed_at is not null) or state = 'cancelled'),
  check (party_ids @> array[lead_authority_id])
);
comment on table tasks.task is '抽查任务: from a line of a published plan, or outside it with a ground of the closed list and its evidence (REQ-PLAN-11, -12, -16). What an agreed one says is what issue 6 commits.';
comment on column tasks.task.draw_no is 'Which of the draws that its line allows (plan_line.draws) it is; free again once the task is cancelled.';
comment on column tasks.task.narrowed_reason is 'Why it draws from fewer than its line says (I2): public, like the scope itself.';
comment on column tasks.task.replaces_task_id is 'The cancelled task in whose place it was made: of the same line and number, or as was said of one outside the plan.';
comment on column tasks.task.open_division_code is 'Set once it is agreed, and kept when an agreed one is cancelled: its reason stays public.';
comment on column tasks.task.drafter_ids is 'Who wrote any of it, or left somebody out, since it was last sent out: none of them sends it out.';
comment on column tasks.task.outside_evidence is 'The hash of the file that shows the ground: a complaint''s slip, an order, a report.';
comment on column tasks.task.cap_ground is 'A code of frequency-exemptions: the visits of this task do not count towards the annual cap, and the cap excludes nobody.';
comment on column tasks.task.waived_exclusions is 'Exclusion code → why it is not applied; refused where the law of the place demands it (D-12).';
comment on column tasks.task.design is 'As draw-v1 has it: {kind:"ratio",ratio,byClass?} | {kind:"total",n} | {kind:"coverage",batches}; ratios in basis points.';
comment on column tasks.task.figures is 'What was counted last, when it was dispatched or agreed: strata with N, n and the probability, exclusions by reason, as of figures_at.';
create unique index task_number on tasks.task (lead_authority_id, year, serial);
create unique index task_draw on tasks.task (plan_line_id, draw_no) where plan_line_id is not null and state <> 'cancelled';
create unique index task_replaces on tasks.task (replaces_task_id) where replaces_task_id is not null and state <> 'cancelled';
create index task_division on tasks.task (division_code, starts_on desc, id);
create index task_open on tasks.task (open_division_code text_pattern_ops, starts_on desc, id);
create index task_parties on tasks.task using gin (party_ids);
create index on tasks.task (plan_line_id);
grant select, insert, update on tasks.task to sunlot_app;

create table tasks.task_exclusion (
  task_id uuid not null references tasks.task (id) on delete restrict,
  division_code text collate "C" not null,
  subject_id uuid not null,
  reason text not null check (length(reason) between 2 and 500),
  evidence text not null check (length(evidence) between 2 and 500),
  named_by uuid not null references agencies.person (id) on delete restrict,
  named_at timestamptz not null,
  withdrawn_at timestamptz,
  version integer not null default 1,
  primary key (task_id, division_code, subject_id),
  foreign key (subject_id, division_code) references registers.subject (id, division_code) on delete restrict
);
comment on table tasks.task_exclusion is 'Subjects left out by name, each with its reason and evidence; dispatching approves them (I5: exactly one named reason each).';
grant select, insert, update on tasks.task_exclusion to sunlot_app;

create table tasks.evidence (
  id uuid primary key,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  purpose text not null check (purpose in ('outside', 'visit')),
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  uploaded_by uuid not null references agencies.person (id) on delete restrict,
  uploaded_at timestamptz not null
);
comment on table tasks.evidence is 'Who brought which file, for his authority and for what: only he can show something by it, and only that. Whoever merely knows a hash cannot.';
create index on tasks.evidence (uploaded_by, hash);
grant select, insert on tasks.evidence to sunlot_app;

create table tasks.visit (
  id uuid not null,
  division_code text collate "C" not null,
  subject_id uuid not null,
  year integer not null,
  on_day date not null,
  level text not null check (level in ('province', 'prefecture', 'county', 'station')),
  authority_ids uuid[] not null check (authority_ids <> '{}'),
  task_id uuid references tasks.task (id) on delete restrict,
  source text not null check (source in ('task', 'declared')),
  exemption_ground text check (exemption_ground ~ '^[A-Z_]{2,40}$'),
  evidence text check (length(evidence) between 2 and 500),
  evidence_id uuid references tasks.evidence (id) on delete restrict,
  entered_by uuid references agencies.person (id) on delete restrict,
  confirmed_by uuid references agencies.person (id) on delete restrict,
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  withdrawal_reason text check (length(withdrawal_reason) between 2 and 500),
  version integer not null default 1,
  primary key (id, division_code),
  foreign key (subject_id, division_code) references registers.subject (id, division_code) on delete restrict,
  check (exemption_ground is null or evidence is not null),
  check (source = 'task' or (evidence_id is not null and entered_by is not null)),
  check (confirmed_by <> entered_by),
  check ((confirmed_by is null) = (confirmed_at is null))
);
comment on table tasks.visit is '检查频次台账: one row for one visit, however many authorities came (a joint visit counts once). From what caps and 同一年度已抽查 are counted. source task: written by the inspection (issue 7).';
create unique index visit_of_task on tasks.visit (division_code, task_id, subject_id) where task_id is not null and withdrawn_at is null;
comment on column tasks.visit.confirmed_by is 'A head of the same authority, never who declared it: a declared visit takes nobody out of a draw before (I4).';
create unique index visit_evidence on tasks.visit (evidence_id, division_code) where evidence_id is not null;
create index visit_pending on tasks.visit (division_code, id) where source = 'declared' and confirmed_at is null and withdrawn_at is null;
create index visit_year on tasks.visit (division_code, year, subject_id) where withdrawn_at is null;
grant select, insert, update (confirmed_by, confirmed_at, withdrawn_at, withdrawal_reason, version) on tasks.visit to sunlot_app;

call audit.watch('tasks.task', '{id}');
call audit.watch('tasks.task_exclusion', '{task_id,division_code,subject_id}');
call audit.watch('tasks.evidence', '{id}');
call audit.watch('tasks.visit', '{id,division_code}');
