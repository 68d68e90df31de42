-- 回避、替换、跳过、作废、开启: what happens to a draw afterwards; none of it changes the certificate.
create table draws.event (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  n integer not null check (n between 1 and 9999),
  type text not null check (type in ('skip', 'substitute', 'void', 'open')),
  reason text check (reason ~ '^[a-z_]{1,24}$'),
  evidence text check (evidence ~ '^[0-9a-f]{64}$'),
  code text collate "C",
  alias text collate "C",
  entered text collate "C",
  source jsonb,
  by_person uuid not null references agencies.person (id) on delete restrict,
  approved_by uuid not null references agencies.person (id) on delete restrict,
  at timestamptz not null,
  settled_at timestamptz,
  version integer not null default 1,
  primary key (draw_id, n),
  check (by_person <> approved_by),
  check (type <> 'substitute' or (alias is not null and source is not null)),
  check (type <> 'skip' or code is not null),
  check (type = 'open' or (reason is not null and evidence is not null))
);
comment on table draws.event is 'Events of draw-v1, gap-free from 1; the manifest has the bytes. entered: who came in, by code or alias; empty where nobody may.';
create unique index event_end_once on draws.event (draw_id, type) where type in ('void', 'open');
grant select, insert, update (entered, settled_at, version) on draws.event to sunlot_app;

create function draws.check_event() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if new.n <> coalesce((select max(e.n) from draws.event e where e.draw_id = new.draw_id), 0) + 1 then
    raise exception 'events are numbered without a gap' using errcode = 'SL006';
  end if;
  return new;
end $$;
create trigger check_event before insert on draws.event for each row execute function draws.check_event();

create table draws.evidence (
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  uploaded_by uuid not null references agencies.person (id) on delete restrict,
  uploaded_at timestamptz not null,
  primary key (hash, uploaded_by)
);
comment on table draws.evidence is 'Who brought which file for a replacement, a skip or a void: only he can show something by it. Whoever merely knows a hash cannot.';
grant select, insert on draws.evidence to sunlot_app;

create table draws.replacement (
  id uuid primary key,
  draw_id uuid not null references draws.draw (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  alias text collate "C" not null,
  inspector_id uuid not null references registers.inspector (id) on delete restrict,
  person_id uuid not null references agencies.person (id) on delete restrict,
  subject_code text collate "C",
  origin text not null check (origin in ('inspector', 'subject', 'check')),
  reason_code text not null check (reason_code ~ '^[A-Z_]{2,40}$'),
  statement text not null check (length(statement) between 2 and 1000),
  evidence text not null check (evidence ~ '^[0-9a-f]{64}$'),
  steps text[] not null check (steps <> '{}'),
  state text not null check (state in ('requested', 'applied', 'reviewed', 'announced', 'substituted', 'unfilled', 'rejected', 'withdrawn')),
  requested_by uuid references agencies.person (id) on delete restrict,
  requested_at timestamptz not null,
  applied_at timestamptz,
  reviewed_by uuid references agencies.person (id) on delete restrict,
  reviewed_at timestamptz,
  approved_by uuid references agencies.person (id) on delete restrict,
  approved_at timestamptz,
  decision_note text check (length(decision_note) between 2 and 500),
  ended_by uuid references agencies.person (id) on delete restrict,
  ended_at timestamptz,
  event_n integer,
  version integer not null default 1,
  foreign key (draw_id, alias) references draws.drawn_from (draw_id, alias) on delete restrict,
  foreign key (draw_id, event_n) references draws.event (draw_id, n) on delete restrict,
  check (reviewed_by is null or reviewed_by <> person_id),
  check (approved_by is null or (approved_by <> person_id and approved_by is distinct from reviewed_by)),
  check (state not in ('announced', 'substituted', 'unfilled') or event_n is not null),
  check (state <> 'requested' or origin <> 'inspector')
);
comment on table draws.replacement is '回避和替换 (REQ-REC-1…4, D-4): applied for by the inspector himself, reviewed by his unit head, approved by the leader in charge; who comes is drawn. No column names a wished-for substitute.';
comment on column draws.replacement.steps is 'The chain of the place (replacement-steps) on the day of the application.';
comment on column draws.replacement.evidence is 'The hash of the file that shows the reason.';
create unique index replacement_open on draws.replacement (draw_id, alias, coalesce(subject_code, '')) where state in ('requested', 'applied', 'reviewed', 'announced');
create index replacement_person on draws.replacement (person_id, requested_at desc);
create index replacement_authority on draws.replacement (authority_id, state, requested_at desc);
create index replacement_division on draws.replacement (division_code, requested_at desc);
grant select, insert, update on draws.replacement to sunlot_app;

create table draws.draw_request (
  id uuid primary key,
  draw_id uuid not null references draws.draw (id) on delete restrict,
  kind text not null check (kind in ('skip', 'void')),
  code text collate "C",
  reason text not null check (reason ~ '^[a-z_]{1,24}$'),
  statement text not null check (length(statement) between 2 and 1000),
  evidence text not null check (evidence ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
  proposed_by uuid not null references agencies.person (id) on delete restrict,
  proposed_at timestamptz not null,
  decided_by uuid references agencies.person (id) on delete restrict,
  decided_at timestamptz,
  event_n integer,
  version integer not null default 1,
  check (decided_by is null or state = 'withdrawn' or decided_by <> proposed_by),
  check ((kind = 'skip') = (code is not null))
);
comment on table draws.draw_request is 'A skip or a void waits for its second person; the event is written when he approves.';
create unique index draw_request_open on draws.draw_request (draw_id, kind, coalesce(code, '')) where state = 'proposed';
grant select, insert, update on draws.draw_request to sunlot_app;

create table draws.carried (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  division_code text collate "C" not null,
  code text collate "C" not null,
  plan_ref text collate "C" not null,
  event_n integer not null,
  met_draw_id uuid references draws.draw (id) on delete restrict,
  version integer not null default 1,
  primary key (draw_id, division_code, code)
);
comment on table draws.carried is 'Skipped subjects: each comes with certainty into the next draw of its plan entry, and stands here until it has.';
create index on draws.carried (plan_ref) where met_draw_id is null;
grant select, insert, update (met_draw_id, version) on draws.carried to sunlot_app;

create table draws.group_count (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  stratum text collate "C" not null,
  facet text not null check (facet in ('division', 'industry', 'entityType')),
  value text collate "C" not null check (value <> '' and (facet <> 'industry' or length(value) = 1)),
  rows integer not null,
  drawn integer,
  primary key (draw_id, stratum, facet, value)
);
comment on table draws.group_count is 'How many of each kind were in a stratum when it was frozen, and how many were drawn: what the monitor holds against chance.';
grant select, insert, update (drawn) on draws.group_count to sunlot_app;

call audit.watch('draws.event', '{draw_id,n}');
call audit.watch('draws.evidence', '{hash,uploaded_by}');
call audit.watch('draws.replacement', '{id}', '{statement}');
call audit.watch('draws.draw_request', '{id}');
call audit.watch('draws.carried', '{draw_id,division_code,code}');
call audit.watch('draws.group_count', '{draw_id,stratum,facet,value}');

create view draws.replacement_rate as
  select r.division_code, r.authority_id, r.person_id, extract(year from r.requested_at at time zone 'Asia/Shanghai')::integer as year,
         count(*) filter (where r.applied_at is not null) as applied, count(*) filter (where r.approved_at is not null) as approved,
         count(*) filter (where r.state = 'substituted') as substituted, count(*) filter (where r.state = 'rejected') as rejected
    from draws.replacement r group by 1, 2, 3, 4;
comment on view draws.replacement_rate is 'How often somebody applied to be replaced, and what came of it (I7, I8).';
create view draws.times_drawn as
  select i.division_code, f.authority_id, i.person_id, extract(year from d.certified_at at time zone 'Asia/Shanghai')::integer as year,
         count(distinct d.id) as draws, count(*) as posts
    from draws.post p
    join draws.draw d on d.id = p.draw_id and d.state = 'certified'
    join draws.drawn_from f on f.draw_id = p.draw_id and f.alias = p.alias
    join registers.inspector i on i.id = f.inspector_id
   group by 1, 2, 3, 4;
comment on view draws.times_drawn is 'How often somebody was drawn: what his replacements are measured against.';
grant select on draws.replacement_rate, draws.times_drawn to sunlot_app;
