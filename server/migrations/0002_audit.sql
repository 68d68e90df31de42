-- The audit trail that cannot be skipped (house.md), and the leaves of the transparency log (threats.md 4.2).
-- A business table calls audit.watch(); from then on no row of it changes without an event of the very transaction.

create table log.leaf (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  body text not null,
  hash bytea not null check (length(hash) = 32)
);
comment on table log.leaf is 'What the log promises, in the order of arrival. body: canonical JSON (RFC 8785), kept as the bytes that were hashed; hash: sha256(0x00 || body). No personal data.';
create index on log.leaf (xid, id);

create table log.sequence (
  leaf_index bigint primary key check (leaf_index >= 0),
  leaf_id bigint not null unique references log.leaf (id) on delete restrict
);
comment on table log.sequence is 'Which place in the Merkle tree a leaf has. Written by the sequencer alone, after its transaction can no longer be overtaken.';

create table log.checkpoint (
  size bigint primary key check (size >= 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  at timestamptz not null
);
comment on table log.checkpoint is 'C2SP tlog-checkpoint: the signed size and root of the log.';
create index on log.checkpoint (at desc);

create table log.cosignature (
  size bigint not null references log.checkpoint (size) on delete restrict,
  witness text not null,
  line text not null,
  at timestamptz not null,
  primary key (size, witness)
);
comment on table log.cosignature is 'The line by which a witness says that it saw the log grow consistently up to this checkpoint.';

grant select on log.leaf, log.sequence, log.checkpoint, log.cosignature to sunlot_app, sunlot_sequencer;
grant select on log.checkpoint, log.cosignature to sunlot_portal;
grant insert on log.sequence, log.checkpoint, log.cosignature to sunlot_sequencer;

create table audit.event (
  id uuid primary key,
  xid xid8 not null,
  transaction_began timestamptz not null,
  at timestamptz not null,
  action text not null check (action ~ '^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$'),
  outcome text not null check (outcome in ('done', 'refused', 'read')),
  actor_kind text not null check (actor_kind in ('person', 'system', 'anonymous')),
  actor_id uuid,
  authority_id uuid,
  object_type text,
  object_id text,
  purpose text,
  refusal_code text,
  request_id text,
  session_id uuid,
  salt bytea not null,
  check ((actor_kind = 'person') = (actor_id is not null)),
  check ((outcome = 'refused') = (refusal_code is not null))
);
comment on table audit.event is 'Who did what for whom, when, and why. One for each transaction that writes; also refused attempts, and reads of what is protected.';
create index on audit.event (xid);
create index on audit.event (at desc, id);
create index on audit.event (actor_id, at desc, id);
create index on audit.event (authority_id, at desc, id);
create index on audit.event (object_type, object_id, at desc);
grant select, insert on audit.event to sunlot_app;

create table audit.change (
  id bigint generated always as identity primary key,
  event_id uuid not null,
  leaf_id bigint not null,
  leaf_ordinal integer not null check (leaf_ordinal >= 0),
  table_name text not null,
  row_key text not null,
  op text not null check (op in ('insert', 'update', 'delete')),
  before text,
  after text,
  salt bytea not null
);
comment on table audit.change is 'What each row was before and after. Written by triggers alone. No foreign keys: they would double the cost of an import, and sunlot verify log follows them.';
create index on audit.change (table_name, row_key, id);
create index on audit.change (event_id);
create index on audit.change (leaf_id, leaf_ordinal);
grant select on audit.change to sunlot_app;

create table audit.exempt (
  table_name text primary key,
  reason text not null
);
comment on table audit.exempt is 'The reviewed list of tables without an audit trigger. A test demands that every other table has one.';
grant select on audit.exempt to sunlot_app;

-- ── hashing ────────────────────────────────────────────────────────────────────────────────────────────────────────

create function audit.new_salt() returns bytea
language sql volatile set search_path = pg_catalog
as $$ select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) $$;

create function audit.row_hash(salt bytea, image text) returns bytea
language sql immutable strict parallel safe set search_path = pg_catalog
as $$ select sha256('\x00'::bytea || salt || convert_to(image, 'UTF8')) $$;
comment on function audit.row_hash(bytea, text) is 'sha256(0x00 || salt || image): without the salt nobody can guess a row from the log.';

create function audit.merkle_root(leaves bytea[]) returns bytea
language plpgsql immutable strict parallel safe set search_path = pg_catalog
as $$
declare
  level bytea[] := leaves;
begin
  if cardinality(level) = 0 then return sha256(''::bytea); end if;
  while cardinality(level) > 1 loop
    -- Pairs from the left; the last of an odd level goes up as it is: the tree of RFC 6962.
    select array_agg(case when b.hash is null then a.hash else sha256('\x01'::bytea || a.hash || b.hash) end order by a.place)
      into level
      from unnest(level) with ordinality a (hash, place)
      left join unnest(level) with ordinality b (hash, place) on b.place = a.place + 1
     where a.place % 2 = 1;
  end loop;
  return level[1];
end $$;

create function log.append(body text) returns bigint
language sql volatile security definer set search_path = pg_catalog
as $$
  insert into log.leaf (body, hash) values (body, sha256('\x00'::bytea || convert_to(body, 'UTF8'))) returning id
$$;
revoke all on function log.append(text) from public;

-- ── events ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create function audit.stamp_event() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  -- Whatever was sent: an event is of this transaction and of this moment.
  new.xid := pg_current_xact_id();
  new.transaction_began := transaction_timestamp();
  new.at := platform.now();
  new.salt := audit.new_salt();
  if new.at < (select max(at) from log.checkpoint) - interval '1 second' then
    raise exception 'the clock stands before the last checkpoint of the log' using errcode = 'SL002';
  end if;
  return new;
end $$;
create trigger stamp before insert on audit.event for each row execute function audit.stamp_event();

create function audit.event_image(event audit.event) returns text
language sql immutable set search_path = pg_catalog set timezone = 'UTC'
as $$ select (to_jsonb(event) - 'salt')::text $$;

create function audit.json(value text) returns text
language sql immutable set search_path = pg_catalog
as $$ select coalesce(to_json(value)::text, 'null') $$;

create function audit.log_event() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC'
as $$
begin
  perform log.append(
    '{"action":' || audit.json(new.action) ||
    ',"actor":' || audit.json(coalesce(new.actor_id::text, new.actor_kind)) ||
    ',"at":' || audit.json(to_char(new.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ||
    ',"authority":' || audit.json(new.authority_id::text) ||
    ',"id":' || audit.json(new.id::text) ||
    ',"object":' || audit.json(new.object_type || '/' || coalesce(new.object_id, '')) ||
    ',"outcome":' || audit.json(new.outcome) ||
    ',"payload":' || audit.json(encode(audit.row_hash(new.salt, audit.event_image(new)), 'hex')) ||
    ',"type":"event","v":1}');
  return null;
end $$;
create trigger log after insert on audit.event for each row execute function audit.log_event();

create function audit.event_of_this_transaction() returns uuid
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  found_id uuid;
begin
  select id into found_id from audit.event
   where xid = pg_current_xact_id() and transaction_began = transaction_timestamp() limit 1;
  if found_id is null then
    raise exception 'a change without an audit event in its own transaction' using errcode = 'SL001';
  end if;
  return found_id;
end $$;

-- ── changes ────────────────────────────────────────────────────────────────────────────────────────────────────────

create function audit.image(row_image jsonb, hidden text[]) returns jsonb
language sql immutable set search_path = pg_catalog
as $$
  select case when hidden = '{}' then row_image else row_image || coalesce((
    select jsonb_object_agg(name, 'sha256:' || encode(sha256(convert_to(row_image ->> name, 'UTF8')), 'hex'))
      from unnest(hidden) name where row_image ->> name is not null), '{}') end
$$;
comment on function audit.image(jsonb, text[]) is 'A row as the trail keeps it: hidden columns (password hashes, encrypted secrets) as their digest.';

create function audit.row_key(row_image jsonb, keys text[]) returns text
language sql immutable set search_path = pg_catalog
as $$ select string_agg(row_image ->> name, '/' order by place) from unnest(keys) with ordinality k (name, place) $$;

create type audit.pending as (row_key text, before text, after text, salt bytea, hash bytea);

create function audit.write_changes(of_table text, of_op text, pending audit.pending[]) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  event uuid := audit.event_of_this_transaction();
  rows integer := cardinality(pending);
  leaf bigint;
begin
  if rows = 0 then return; end if;
  leaf := log.append(
    '{"event":' || audit.json(event::text) ||
    case when rows = 1
      then ',"key":' || audit.json(pending[1].row_key) || ',"op":' || audit.json(of_op) ||
           ',"payload":' || audit.json(encode(pending[1].hash, 'hex'))
      else ',"op":' || audit.json(of_op) ||
           ',"root":' || audit.json(encode(audit.merkle_root(array(select p.hash from unnest(pending) with ordinality p (row_key, before, after, salt, hash, place) order by place)), 'hex')) ||
           ',"rows":' || rows
    end ||
    ',"table":' || audit.json(of_table) || ',"type":"change","v":1}');
  insert into audit.change (event_id, leaf_id, leaf_ordinal, table_name, row_key, op, before, after, salt)
  select event, leaf, p.place - 1, of_table, p.row_key, of_op, p.before, p.after, p.salt
    from unnest(pending) with ordinality p (row_key, before, after, salt, hash, place);
end $$;
revoke all on function audit.write_changes(text, text, audit.pending[]) from public;

create function audit.log_inserts() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC'
as $$
begin
  perform audit.write_changes(tg_table_schema || '.' || tg_table_name, 'insert', array(
    select row(audit.row_key(i, tg_argv[0]::text[]), null, i::text, s, audit.row_hash(s, i::text))::audit.pending
      from (select audit.image(to_jsonb(a), tg_argv[1]::text[]) i, audit.new_salt() s from added a) images));
  return null;
end $$;

create function audit.log_deletes() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC'
as $$
begin
  perform audit.write_changes(tg_table_schema || '.' || tg_table_name, 'delete', array(
    select row(audit.row_key(i, tg_argv[0]::text[]), i::text, null, s, audit.row_hash(s, i::text))::audit.pending
      from (select audit.image(to_jsonb(r), tg_argv[1]::text[]) i, audit.new_salt() s from removed r) images));
  return null;
end $$;

create function audit.log_updates() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC'
as $$
begin
  perform audit.write_changes(tg_table_schema || '.' || tg_table_name, 'update', array(
    select row(b.key, b.i::text, a.i::text, a.s, audit.row_hash(a.s, a.i::text))::audit.pending
      from (select audit.row_key(to_jsonb(r), tg_argv[0]::text[]) key, audit.image(to_jsonb(r), tg_argv[1]::text[]) i from removed r) b
      join (select audit.row_key(to_jsonb(d), tg_argv[0]::text[]) key, audit.image(to_jsonb(d), tg_argv[1]::text[]) i, audit.new_salt() s from added d) a
        using (key)
     where a.i is distinct from b.i));
  return null;
end $$;

create function audit.refuse_key_change() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if audit.row_key(to_jsonb(new), tg_argv[0]::text[]) is distinct from audit.row_key(to_jsonb(old), tg_argv[0]::text[]) then
    raise exception 'the key of a row never changes' using errcode = 'SL005';
  end if;
  return new;
end $$;

create procedure audit.watch(of_table regclass, keys text[], hidden text[] default '{}')
language plpgsql set search_path = pg_catalog
as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as added for each statement execute function audit.log_inserts(%L, %L)', of_table, keys, hidden);
  execute format('create trigger audit_update after update on %s referencing old table as removed new table as added for each statement execute function audit.log_updates(%L, %L)', of_table, keys, hidden);
  execute format('create trigger audit_delete after delete on %s referencing old table as removed for each statement execute function audit.log_deletes(%L, %L)', of_table, keys, hidden);
  execute format('create trigger audit_key before update of %s on %s for each row execute function audit.refuse_key_change(%L)', (select string_agg(quote_ident(k), ', ') from unnest(keys) k), of_table, keys);
  execute format('create trigger audit_no_truncate before truncate on %s for each statement execute function audit.refuse()', of_table);
end $$;
comment on procedure audit.watch(regclass, text[], text[]) is 'Puts a business table under the audit trail. keys: its primary key; hidden: columns whose value only enters as a digest.';

-- ── what is written once ───────────────────────────────────────────────────────────────────────────────────────────

create function audit.refuse() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  raise exception '% of %.% is not possible: it is written once', tg_op, tg_table_schema, tg_table_name using errcode = 'SL006';
end $$;

create trigger written_once before update or delete on audit.event for each row execute function audit.refuse();
create trigger written_once before update or delete on audit.change for each row execute function audit.refuse();
create trigger written_once before update or delete on log.leaf for each row execute function audit.refuse();
create trigger written_once before update or delete on log.sequence for each row execute function audit.refuse();
create trigger written_once before update or delete on log.checkpoint for each row execute function audit.refuse();
create trigger written_once before update or delete on log.cosignature for each row execute function audit.refuse();
create trigger never_emptied before truncate on audit.event for each statement execute function audit.refuse();
create trigger never_emptied before truncate on audit.change for each statement execute function audit.refuse();
create trigger never_emptied before truncate on log.leaf for each statement execute function audit.refuse();
create trigger never_emptied before truncate on log.sequence for each statement execute function audit.refuse();
create trigger never_emptied before truncate on log.checkpoint for each statement execute function audit.refuse();
create trigger never_emptied before truncate on log.cosignature for each statement execute function audit.refuse();

call audit.watch('platform.birth', '{one}');
call audit.watch('platform.simulated_clock', '{one}');

insert into audit.exempt (table_name, reason) values
  ('audit.event', 'the trail itself: written once, a leaf for each row'),
  ('audit.change', 'the trail itself: written by triggers, hashed into the leaf of its statement'),
  ('audit.exempt', 'this list: changed by migrations alone'),
  ('log.leaf', 'the log itself: written once, by triggers'),
  ('log.sequence', 'the log itself: derived from the leaves, checked by sunlot verify log'),
  ('log.checkpoint', 'the log itself: signed'),
  ('log.cosignature', 'the log itself: signed by the witness'),
  ('public.sunlot_migration', 'which file was run when, with its hash: written by the migrator'),
  ('platform.idempotency_key', 'an answer kept beside the event that made it; holds nothing of its own'),
  ('platform.file', 'the name of a file is its hash; what refers to it is watched'),
  ('platform.job', 'progress of work; what the work changes is watched'),
  ('platform.notification', 'a pointer to something that is watched');
