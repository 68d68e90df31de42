-- What every feature stands on: the birth of the database, its clock, and what the HTTP layer remembers.
-- Run as sunlot_owner. The roles themselves are made by src/platform/database/roles.ts, because they belong to the
-- cluster and not to one database.

create schema platform;
create schema audit;
create schema log;
grant usage on schema platform to sunlot_app, sunlot_portal, sunlot_sequencer;
grant usage on schema audit to sunlot_app;
grant usage on schema log to sunlot_app, sunlot_portal, sunlot_sequencer;

create table platform.birth (
  one boolean primary key default true check (one),
  id uuid not null,
  kind text not null check (kind in ('real', 'simulated')),
  born_at timestamptz not null
);
comment on table platform.birth is 'One row, written once: whether this database is real or simulated (training, scenarios). It is also the first entry of the log.';
grant select on platform.birth to sunlot_app, sunlot_portal, sunlot_sequencer;

create table platform.simulated_clock (
  one boolean primary key default true check (one),
  ahead interval not null
);
comment on table platform.simulated_clock is 'How far the clock of a simulated database runs ahead of the machine. Empty in a real one.';
grant select, insert, update on platform.simulated_clock to sunlot_app;
grant select on platform.simulated_clock to sunlot_portal, sunlot_sequencer;

-- plpgsql, because its plan is kept: a function in SQL would be planned at every call.
create function platform.now() returns timestamptz
language plpgsql stable
as $$
begin
  return clock_timestamp() + coalesce((select ahead from platform.simulated_clock), interval '0');
end $$;
comment on function platform.now() is 'The only clock that SQL may ask. In a simulated database it runs ahead by platform.simulated_clock.';

create function platform.refuse_clock_of_a_real_database() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (select kind from platform.birth) is distinct from 'simulated' then
    raise exception 'the clock of a real database cannot be set' using errcode = 'SL003';
  end if;
  if tg_op = 'UPDATE' and new.ahead < old.ahead then
    raise exception 'a simulated clock runs forwards only' using errcode = 'SL004';
  end if;
  return new;
end $$;
create trigger only_simulated before insert or update on platform.simulated_clock
  for each row execute function platform.refuse_clock_of_a_real_database();

create table platform.idempotency_key (
  account_id uuid not null,
  key text not null check (length(key) between 8 and 200),
  request_hash bytea not null,
  status smallint not null,
  reply text not null,
  headers jsonb not null default '{}',
  at timestamptz not null default platform.now(),
  primary key (account_id, key)
);
comment on table platform.idempotency_key is 'What was answered to a POST, kept in the transaction that did the work: the same key gives the same answer, another body under it is refused.';
create index on platform.idempotency_key (at);
grant select, insert on platform.idempotency_key to sunlot_app;

create table platform.file (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  media_type text not null,
  stored_at timestamptz not null default platform.now(),
  stored_by uuid
);
comment on table platform.file is 'Files stand on disk under their own SHA-256; the name that somebody gave one belongs to whatever refers to it.';
grant select, insert on platform.file to sunlot_app;

create table platform.job (
  id uuid primary key,
  kind text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  requested_by uuid,
  authority_id uuid,
  input jsonb not null default '{}',
  done bigint not null default 0 check (done >= 0),
  total bigint check (total >= 0),
  step text,
  result jsonb,
  failure jsonb,
  attempts integer not null default 0,
  cancel_requested boolean not null default false,
  created_at timestamptz not null default platform.now(),
  started_at timestamptz,
  heard_at timestamptz,
  ended_at timestamptz
);
comment on column platform.job.heard_at is 'When the server that does it last said that it lives, by the clock of the machine.';
comment on table platform.job is 'Long work as a person sees it: how far, how it ended. The queue itself is the schema pgboss.';
create index on platform.job (requested_by, created_at desc, id);
grant select, insert, update on platform.job to sunlot_app;

create table platform.notification (
  id uuid primary key,
  person_id uuid not null,
  code text not null,
  params jsonb not null default '{}',
  link text,
  at timestamptz not null default platform.now(),
  read_at timestamptz
);
comment on table platform.notification is 'A pointer for one person to something that stands elsewhere. code and params; the sentence is made by words/.';
create index on platform.notification (person_id, at desc, id);
grant select, insert, update (read_at) on platform.notification to sunlot_app;
