-- 会商 and 实施方案: who takes part with which items and inspectors, what was said, and the scheme with its versions.
create table tasks.participation (
  id uuid primary key,
  task_id uuid not null references tasks.task (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  is_lead boolean not null,
  state text not null check (state in ('prepared', 'invited', 'accepted', 'declined', 'released')),
  round integer not null default 0,
  members integer not null default 1 check (members between 1 and 20),
  classes text[] not null default '{}' check (cardinality(classes) <= 20),
  drawn integer check (drawn between 1 and 9999),
  item_set integer not null default 0,
  pool_set integer not null default 0,
  conflicts_confirmed_by uuid references agencies.person (id) on delete restrict,
  conflicts_confirmed_at timestamptz,
  prepared_by uuid references agencies.person (id) on delete restrict,
  drafter_ids uuid[] not null default '{}',
  invited_at timestamptz,
  reply_by date,
  reminded_at timestamptz,
  answered_by uuid references agencies.person (id) on delete restrict,
  answered_at timestamptz,
  accepted_task_version integer,
  accepted_scheme_id uuid,
  accepted_scheme_version integer,
  refusal_reason text check (length(refusal_reason) between 2 and 2000),
  refusal_statement text check (refusal_statement ~ '^[0-9a-f]{64}$'),
  version integer not null default 1,
  check ((state = 'declined') = (refusal_reason is not null)),
  check (state <> 'accepted' or (answered_by is not null and conflicts_confirmed_at is not null)),
  check (prepared_by is null or prepared_by = any (drafter_ids)),
  check (answered_by is null or answered_by <> all (drafter_ids)),
  check ((state = 'accepted' and not is_lead) = (accepted_task_version is not null)),
  check (accepted_scheme_id is null or accepted_task_version is not null),
  check ((accepted_scheme_id is null) = (accepted_scheme_version is null))
);
comment on table tasks.participation is 'An authority in a task: invited, accepted, or declined with reasons (书面函告理由, S2 (七)). The lead has one too.';
comment on column tasks.participation.members is 'How many inspectors it sends to each subject; classes: what its inspectors must be able to do.';
comment on column tasks.participation.drafter_ids is 'Who settled any of it since it was last agreed to: none of them answers.';
comment on column tasks.participation.drawn is 'How many inspectors are drawn from its pool for the task.';
comment on column tasks.participation.accepted_task_version is 'What was accepted: the task and the scheme, each in its version. Where the lead changes one of them, the acceptance falls.';
create unique index participation_once on tasks.participation (task_id, authority_id);
create index on tasks.participation (authority_id, state, reply_by);
grant select, insert, update on tasks.participation to sunlot_app;

create table tasks.participation_item (
  participation_id uuid not null references tasks.participation (id) on delete restrict,
  set_number integer not null,
  ordinal integer not null,
  item_id uuid not null references registers.inspection_item (id) on delete restrict,
  primary key (participation_id, set_number, ordinal)
);
comment on table tasks.participation_item is 'Which of its items an authority inspects in the task (S2 (八)). Written once; a change writes the next set.';
create index on tasks.participation_item (item_id);
grant select, insert on tasks.participation_item to sunlot_app;

create table tasks.pool_member (
  participation_id uuid not null references tasks.participation (id) on delete restrict,
  set_number integer not null,
  inspector_id uuid not null references registers.inspector (id) on delete restrict,
  classes text[] not null default '{}',
  primary key (participation_id, set_number, inspector_id)
);
comment on table tasks.pool_member is '备选库 of a task: who may be drawn for an authority. Settled before any randomness exists; declarations of registers say with whom nobody is matched.';
create index on tasks.pool_member (inspector_id);
grant select, insert on tasks.pool_member to sunlot_app;

create table tasks.opinion (
  id uuid primary key,
  task_id uuid not null references tasks.task (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  round integer not null,
  section text check (section ~ '^[A-Z_]{2,40}$'),
  text text not null check (length(text) between 2 and 4000),
  given_by uuid not null references agencies.person (id) on delete restrict,
  given_at timestamptz not null,
  adopted boolean,
  reply text check (length(reply) between 2 and 2000),
  replied_by uuid references agencies.person (id) on delete restrict,
  replied_at timestamptz,
  version integer not null default 1,
  check ((adopted is null) = (replied_at is null)),
  check (adopted is distinct from false or reply is not null)
);
comment on table tasks.opinion is '征求意见 (S2 (六)): what a participant said of the draft, and what the lead made of it. The record of the consultation.';
create index on tasks.opinion (task_id, given_at, id);
grant select, insert, update (adopted, reply, replied_by, replied_at, version) on tasks.opinion to sunlot_app;

create table tasks.scheme (
  id uuid primary key,
  task_id uuid not null references tasks.task (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  number integer not null check (number >= 1),
  terms jsonb not null,
  sections jsonb not null,
  task_version integer not null,
  law_version text not null check (law_version ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('draft', 'published', 'superseded')),
  channel text check (channel ~ '^[A-Z_]{2,40}$'),
  channel_note text check (length(channel_note) between 2 and 300),
  written_by uuid not null references agencies.person (id) on delete restrict,
  drafter_ids uuid[] not null check (cardinality(drafter_ids) > 0),
  written_at timestamptz not null,
  published_by uuid references agencies.person (id) on delete restrict,
  published_at timestamptz,
  published_on date,
  agreed jsonb,
  version integer not null default 1,
  check (written_by = any (drafter_ids)),
  check (state = 'draft'
    or (published_by is not null and published_by <> all (drafter_ids) and published_on is not null))
);
comment on table tasks.scheme is '实施方案 (REQ-SCH-1…3): generated from the task, edited section by section, versioned, published. Participants are structured data: the text names them all (S0 forgot one).';
comment on column tasks.scheme.terms is 'What the law of the place decides, as the scheme states it; an edit that contradicts the law is refused with its citation.';
comment on column tasks.scheme.drafter_ids is 'Who wrote this version, any section of it or had it generated: none of them publishes it.';
comment on column tasks.scheme.agreed is 'Terms and sections as they stood when the task was agreed: what all accepted. Null where no scheme lay before them.';
create unique index scheme_number on tasks.scheme (task_id, number);
alter table tasks.participation add foreign key (accepted_scheme_id) references tasks.scheme (id) on delete restrict;
create unique index scheme_draft on tasks.scheme (task_id) where state = 'draft';
create unique index scheme_published on tasks.scheme (task_id) where state = 'published';
grant select, insert, update on tasks.scheme to sunlot_app;

call audit.watch('tasks.participation', '{id}');
call audit.watch('tasks.participation_item', '{participation_id,set_number,ordinal}');
call audit.watch('tasks.pool_member', '{participation_id,set_number,inspector_id}');
call audit.watch('tasks.opinion', '{id}');
call audit.watch('tasks.scheme', '{id}');
