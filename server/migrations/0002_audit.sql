-- The audit trail that cannot be skipped (house.md), and the leaves of the transparency log (threats.md 4.2).
-- A business table calls audit.watch(); from then on no row of it changes without an event of the very transaction.

create table log.leaf (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  -- An entry of a published bundle has two bytes for its length: a longer leaf could never be given a place.
  body text not null check (octet_length(body) <= 65535),
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
  action text not null check (action ~ '^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$' and length(action) <= 100),
  outcome text not null check (outcome in ('done', 'refused', 'read')),
  actor_kind text not null check (actor_kind in ('person', 'system', 'anonymous')),
  actor_id uuid,
  authority_id uuid,
  object_type text check (length(object_type) <= 100),
  object_id text check (length(object_id) <= 500),
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
  leaf_id bigint not null,
  leaf_ordinal integer not null check (leaf_ordinal >= 0),
  event_id uuid not null,
  table_name text not null,
  row_key text not null,
  op text not null check (op in ('insert', 'update', 'delete')),
  before text,
  after text,
  salt bytea not null,
  primary key (leaf_id, leaf_ordinal)
);
comment on table audit.change is 'What each row was before and after. Written by triggers alone. No foreign keys and few indexes, for the sake of imports: sunlot verify log follows the references, and the changes of an event are those of the leaves of its transaction.';
create index on audit.change (table_name, row_key, leaf_id);
grant select on audit.change to sunlot_app;

create table audit.exempt (
  table_name text primary key,
  reason text not null
);
comment on table audit.exempt is 'The reviewed list of tables without an audit trigger. A test demands that every other table has one.';
grant select on audit.exempt to sunlot_app;

-- ── hashing ────────────────────────────────────────────────────────────────────────────────────────────────────────
-- With `return`, a function is parsed once, whatever the search path of its caller, and expanded where it is used.

create function audit.new_salt() returns bytea
language sql volatile
return uuid_send(gen_random_uuid());

create function audit.row_hash(salt bytea, image text) returns bytea
language sql immutable parallel safe
return sha256('\x00'::bytea || salt || convert_to(image, 'UTF8'));
comment on function audit.row_hash(bytea, text) is 'sha256(0x00 || salt || image): without the salt nobody can guess a row from the log.';

create function audit.json(value text) returns text
language sql immutable parallel safe
return coalesce(to_json(value)::text, 'null');

create function audit.merkle_root(leaves bytea[]) returns bytea
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
declare
  level bytea[] := leaves;
begin
  if cardinality(level) = 0 then return sha256(''::bytea); end if;
  while cardinality(level) > 1 loop
    -- Pairs from the left; the last of an odd level goes up as it is: the tree of RFC 6962.
    select array_agg(case when b is null then a else sha256('\x01'::bytea || a || b) end order by place)
      into level
      from (select hash as a, lead(hash) over (order by place) as b, place
              from unnest(level) with ordinality l (hash, place)) pairs
     where place % 2 = 1;
  end loop;
  return level[1];
end $$;

-- ── events ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- pg_temp stands last in every search path below: where it is not named, PostgreSQL looks for types there first, and a
-- session could put a type of its own into a function that runs as the owner.

-- Setting the time zone at each call would cost more than all the rest; every connection of the application has it.
create function audit.demand_utc() returns void
language plpgsql stable
as $$
begin
  if current_setting('TimeZone') not in ('UTC', 'Etc/UTC', 'GMT') then
    raise exception 'the audit trail is written in UTC: set time zone ''UTC''' using errcode = 'SL007';
  end if;
end $$;

create function audit.stamp_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  body text;
begin
  perform audit.demand_utc();
  -- Whatever was sent: an event is of this transaction and of this moment.
  new.xid := pg_current_xact_id();
  new.transaction_began := transaction_timestamp();
  new.at := platform.now();
  new.salt := audit.new_salt();
  if new.at < (select max(at) from log.checkpoint) - interval '1 second' then
    raise exception 'the clock stands before the last checkpoint of the log' using errcode = 'SL002';
  end if;
  body :=
    -- Ids, codes and digests have nothing to escape: their columns are checked.
    '{"action":"' || new.action ||
    '","actor":"' || coalesce(new.actor_id::text, new.actor_kind) ||
    '","at":"' || to_char(new.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') ||
    '","authority":' || coalesce('"' || new.authority_id || '"', 'null') ||
    ',"id":"' || new.id ||
    '","object":' || audit.json(new.object_type || '/' || coalesce(new.object_id, '')) ||
    ',"outcome":"' || new.outcome ||
    '","payload":"' || encode(audit.row_hash(new.salt, (to_jsonb(new) - 'salt')::text), 'hex') ||
    '","type":"event","v":1}';
  insert into log.leaf (body, hash) values (body, sha256('\x00'::bytea || convert_to(body, 'UTF8')));
  return new;
end $$;
create trigger stamp before insert on audit.event for each row execute function audit.stamp_event();

-- ── changes ────────────────────────────────────────────────────────────────────────────────────────────────────────

create function audit.image(row_image jsonb, hidden text[]) returns text
language plpgsql immutable
as $$
begin
  if hidden = '{}' then return row_image::text; end if;
  return (row_image || coalesce((
    select jsonb_object_agg(name, 'sha256:' || encode(sha256(convert_to(row_image ->> name, 'UTF8')), 'hex'))
      from unnest(hidden) name where row_image ->> name is not null), '{}'))::text;
end $$;
comment on function audit.image(jsonb, text[]) is 'A row as the trail keeps it: hidden columns (password hashes, encrypted secrets) as their digest.';

create function audit.row_key(row_image jsonb, keys text[]) returns text
language plpgsql immutable
as $$
begin
  if cardinality(keys) = 1 then return row_image ->> keys[1]; end if;
  if cardinality(keys) = 2 then return (row_image ->> keys[1]) || '/' || (row_image ->> keys[2]); end if;
  return (select string_agg(row_image ->> name, '/' order by place) from unnest(keys) with ordinality k (name, place));
end $$;

-- What a statement did to the rows of one table: a change for each, and one leaf for all.
create function audit.log_rows() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  event uuid;
  keys text[] := tg_argv[0];
  hidden text[] := tg_argv[1];
  of_op text := lower(tg_op);
  of_table text := tg_table_schema || '.' || tg_table_name;
  leaf bigint := nextval('log.leaf_id_seq');
  hashes bytea[];
  only_key text;
  body text;
  rows bigint;
  image_before text;
  image_after text;
  new_salt bytea := audit.new_salt();
begin
  perform audit.demand_utc();
  select id into event from audit.event
   where xid = pg_current_xact_id() and transaction_began = transaction_timestamp() limit 1;
  if event is null then
    raise exception 'a change without an audit event in its own transaction' using errcode = 'SL001';
  end if;
  if tg_op = 'INSERT' then select count(*) into rows from added; else select count(*) into rows from removed; end if;
  if rows = 0 then return null; end if;
  if rows = 1 then
    -- Most statements change one row: what follows below is for many, and costs twice as much for one.
    if tg_op <> 'INSERT' then
      select audit.row_key(i, keys), audit.image(i, hidden) into only_key, image_before from (select to_jsonb(r) as i from removed r) was;
    end if;
    if tg_op <> 'DELETE' then
      select audit.row_key(i, keys), audit.image(i, hidden) into only_key, image_after from (select to_jsonb(a) as i from added a) is_now;
    end if;
    if image_before is not distinct from image_after then return null; end if;
    insert into audit.change (event_id, leaf_id, leaf_ordinal, table_name, row_key, op, before, after, salt)
    values (event, leaf, 0, of_table, only_key, of_op, image_before, image_after, new_salt);
    hashes := array[audit.row_hash(new_salt, coalesce(image_after, image_before))];
  elsif tg_op = 'INSERT' then
    with images as materialized (
      select audit.row_key(i, keys) as key, null::text as before, audit.image(i, hidden) as after, audit.new_salt() as salt, row_number() over () - 1 as place
        from (select to_jsonb(a) as i from added a) rows),
    written as (
      insert into audit.change (event_id, leaf_id, leaf_ordinal, table_name, row_key, op, before, after, salt)
      select event, leaf, i.place, of_table, i.key, of_op, i.before, i.after, i.salt from images i)
    select array_agg(audit.row_hash(i.salt, i.after) order by i.place), min(i.key) into hashes, only_key from images i;
  elsif tg_op = 'DELETE' then
    with images as materialized (
      select audit.row_key(i, keys) as key, audit.image(i, hidden) as before, audit.new_salt() as salt, row_number() over () - 1 as place
        from (select to_jsonb(r) as i from removed r) rows),
    written as (
      insert into audit.change (event_id, leaf_id, leaf_ordinal, table_name, row_key, op, before, salt)
      select event, leaf, i.place, of_table, i.key, of_op, i.before, i.salt from images i)
    select array_agg(audit.row_hash(i.salt, i.before) order by i.place), min(i.key) into hashes, only_key from images i;
  else
    with images as materialized (
      select key, b.image as before, a.image as after, audit.new_salt() as salt, row_number() over () - 1 as place
        from (select audit.row_key(i, keys) as key, audit.image(i, hidden) as image from (select to_jsonb(r) as i from removed r) was) b
        join (select audit.row_key(i, keys) as key, audit.image(i, hidden) as image from (select to_jsonb(d) as i from added d) is_now) a using (key)
       where a.image <> b.image),
    written as (
      insert into audit.change (event_id, leaf_id, leaf_ordinal, table_name, row_key, op, before, after, salt)
      select event, leaf, i.place, of_table, i.key, of_op, i.before, i.after, i.salt from images i)
    select array_agg(audit.row_hash(i.salt, i.after) order by i.place), min(i.key) into hashes, only_key from images i;
  end if;
  if hashes is null then return null; end if;
  body :=
    '{"event":"' || event ||
    case when cardinality(hashes) = 1
      then '","key":' || audit.json(only_key) || ',"op":"' || of_op || '","payload":"' || encode(hashes[1], 'hex') || '"'
      else '","op":"' || of_op || '","root":"' || encode(audit.merkle_root(hashes), 'hex') || '","rows":' || cardinality(hashes)
    end ||
    ',"table":' || audit.json(of_table) || ',"type":"change","v":1}';
  insert into log.leaf (id, body, hash) overriding system value
  values (leaf, body, sha256('\x00'::bytea || convert_to(body, 'UTF8')));
  return null;
end $$;

create function audit.refuse_key_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if audit.row_key(to_jsonb(new), tg_argv[0]::text[]) is distinct from audit.row_key(to_jsonb(old), tg_argv[0]::text[]) then
    raise exception 'the key of a row never changes' using errcode = 'SL005';
  end if;
  return new;
end $$;

create procedure audit.watch(of_table regclass, keys text[], hidden text[] default '{}')
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as added for each statement execute function audit.log_rows(%L, %L)', of_table, keys, hidden);
  execute format('create trigger audit_update after update on %s referencing old table as removed new table as added for each statement execute function audit.log_rows(%L, %L)', of_table, keys, hidden);
  execute format('create trigger audit_delete after delete on %s referencing old table as removed for each statement execute function audit.log_rows(%L, %L)', of_table, keys, hidden);
  execute format('create trigger audit_key before update of %s on %s for each row execute function audit.refuse_key_change(%L)', (select string_agg(quote_ident(k), ', ') from unnest(keys) k), of_table, keys);
  execute format('create trigger audit_no_truncate before truncate on %s for each statement execute function audit.refuse()', of_table);
end $$;
comment on procedure audit.watch(regclass, text[], text[]) is 'Puts a business table under the audit trail. keys: its primary key; hidden: columns whose value only enters as a digest.';

-- ── what is written once ───────────────────────────────────────────────────────────────────────────────────────────

create function audit.refuse() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
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
