-- 抽取现场: the room, who is in it with his own device, what they add, and the values that nobody could know.
create table draws.room (
  draw_id uuid primary key references draws.draw (id) on delete restrict,
  code text collate "C" not null check (code ~ '^[2-9A-HJKMNP-Z]{6}$'),
  opened_by uuid not null references agencies.person (id) on delete restrict,
  opened_at timestamptz not null,
  ended_at timestamptz,
  former_codes text[] not null default '{}',
  revision bigint not null default 1,
  version integer not null default 1
);
comment on table draws.room is '抽取现场. code: what a phone types or scans; it admits to watching and to one contribution, and to nothing else. revision: what the screens wait for.';
comment on column draws.room.former_codes is 'Codes that were taken back: nobody comes in by one any more; who is in goes on.';
create unique index room_code on draws.room (code) where ended_at is null;
create index room_former_codes on draws.room using gin (former_codes) where ended_at is null;
grant select, insert, update (code, former_codes, opened_by, opened_at, ended_at, revision, version) on draws.room to sunlot_app;

create table draws.observer (
  id uuid primary key,
  draw_id uuid not null references draws.room (draw_id) on delete restrict,
  number integer not null check (number between 1 and 999),
  role text not null check (role ~ '^[A-Z_]{2,40}$'),
  name text check (name = btrim(name) and length(name) between 1 and 30),
  token_hash bytea not null check (length(token_hash) = 32),
  public_key text not null check (public_key ~ '^[0-9a-f]{64}$'),
  joined_at timestamptz not null,
  left_at timestamptz,
  left_by uuid references agencies.person (id) on delete restrict,
  left_reason text check (left_reason = btrim(left_reason) and length(left_reason) between 2 and 200),
  version integer not null default 1,
  check ((left_at is null) = (left_by is null) and (left_at is null) = (left_reason is null))
);
comment on table draws.observer is 'Somebody in the room with a device of his own: without an account, without a number of any kind. name is what he calls himself, if anything, shown in the room and nowhere else; his key speaks (REQ-ACT-10).';
comment on column draws.observer.role is 'A code of observers (law/cn/codes/observers.yaml), or OTHER.';
comment on column draws.observer.left_reason is 'Why whoever runs the room put the device out, before the close, of one that had added nothing. Its number is nobody else''s.';
create unique index observer_number on draws.observer (draw_id, number);
create unique index observer_token on draws.observer (token_hash);
create unique index observer_key on draws.observer (draw_id, public_key);
grant select, insert, update (left_at, left_by, left_reason, version) on draws.observer to sunlot_app;

create table draws.contribution (
  draw_id uuid not null references draws.room (draw_id) on delete restrict,
  number integer not null check (number between 1 and 999),
  observer_id uuid not null references draws.observer (id) on delete restrict,
  value text not null check (value ~ '^[0-9]{1,32}$' or value ~ '^[0-9a-f]{64}$'),
  note text check (length(note) between 1 and 200),
  given_at timestamptz not null,
  primary key (draw_id, number)
);
comment on table draws.contribution is 'o001, o002 … open for all to read; who adds nothing is not listed. Given once, never changed.';
create unique index contribution_once on draws.contribution (observer_id);
grant select, insert on draws.contribution to sunlot_app;

create function draws.check_contribution() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if (select d.state from draws.draw d where d.id = new.draw_id for share) <> 'committed' then
    raise exception 'the room is closed' using errcode = 'SL006';
  end if;
  return new;
end $$;
create trigger check_contribution before insert on draws.contribution for each row execute function draws.check_contribution();

create table draws.typed_value (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  event_n integer not null default 0,
  source text not null check (source ~ '^[a-z][a-z0-9_]{0,15}$'),
  attempt integer not null check (attempt between 1 and 99),
  typed_by uuid not null references agencies.person (id) on delete restrict,
  text text not null check (text ~ '^[0-9./]+$' and length(text) <= 2000),
  at timestamptz not null,
  primary key (draw_id, event_n, source, attempt, typed_by)
);
comment on table draws.typed_value is 'What two people read from the dice or the issue, each without seeing the other''s. Where they differ, both type again: the attempt stays here.';
grant select, insert on draws.typed_value to sunlot_app;

create table draws.source_value (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  event_n integer not null default 0,
  source text not null,
  value text not null check (value ~ '^[0-9a-f./]+$' and length(value) <= 2000),
  round bigint,
  signature text check (signature ~ '^[0-9a-f]{96}$'),
  at timestamptz,
  by text[] check (cardinality(by) = 2 and by[1] < by[2]),
  record_hash text check (record_hash ~ '^[0-9a-f]{64}$'),
  settled_at timestamptz,
  version integer not null default 1,
  primary key (draw_id, event_n, source),
  check ((record_hash is null) = (by is null) and (record_hash is null) = (at is null)),
  check ((round is null) = (signature is null)),
  check ((round is null) <> (record_hash is null))
);
comment on table draws.source_value is 'The value of a source: a beacon''s with its signature, or a record that both outsiders signed. settled_at: the beacon holds, or both have signed and the record is logged; only then anything derived from it is computed.';
grant select, insert, update (at, by, record_hash, settled_at, version) on draws.source_value to sunlot_app;

-- Other outsiders may be named while one of them has not signed: a phone may fail. The value stays in any case.
create function draws.keep_settled() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if old.settled_at is not null then
    raise exception 'a settled value stays as it is' using errcode = 'SL006';
  end if;
  return new;
end $$;
create trigger keep_settled before update on draws.source_value for each row execute function draws.keep_settled();

create trigger written_once before update or delete on draws.contribution for each row execute function audit.refuse();
create trigger written_once before update or delete on draws.typed_value for each row execute function audit.refuse();
call audit.watch('draws.room', '{draw_id}');
call audit.watch('draws.observer', '{id}', '{token_hash}');
call audit.watch('draws.contribution', '{draw_id,number}');
-- Hidden: the second typist may be one who reads the trail.
call audit.watch('draws.typed_value', '{draw_id,event_n,source,attempt,typed_by}', '{text}');
call audit.watch('draws.source_value', '{draw_id,event_n,source}');
