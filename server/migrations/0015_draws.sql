-- 抽取: the commitment of an agreed task, what was frozen for it, and its one certificate (draw-v1.md).
create schema draws;
grant usage on schema draws to sunlot_app, sunlot_portal;

create table draws.authority_code (
  authority_id uuid primary key references agencies.authority (id) on delete restrict,
  number integer not null generated always as identity (start with 1 maxvalue 999999),
  code text collate "C" not null generated always as ('d' || lpad(number::text, greatest(2, length(number::text)), '0')) stored
);
comment on table draws.authority_code is 'How an authority is called in hashed bytes: d01, d02 … A code and never a name, given once and kept for ever (VDP/1, section 1).';
create unique index authority_code_number on draws.authority_code (number);
grant select, insert on draws.authority_code to sunlot_app;

create table draws.signing_key (
  id uuid primary key,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  alg text not null check (alg in ('ed25519', 'sm2')),
  public_key text not null check (public_key ~ '^[0-9a-f]{64}$' or public_key ~ '^04[0-9a-f]{128}$'),
  secret_cipher text not null,
  made_at timestamptz not null,
  retired_at timestamptz,
  version integer not null default 1
);
comment on table draws.signing_key is 'The key by which an authority signs commitments, closes, certificates. The secret is encrypted with a key that is not in the database.';
create unique index signing_key_in_use on draws.signing_key (authority_id) where retired_at is null;
grant select, insert, update (retired_at, version) on draws.signing_key to sunlot_app;

create table draws.draw (
  id uuid primary key,
  name text collate "C" not null check (name ~ '^[0-9A-Za-z._:-]{1,55}$'),
  task_id uuid not null references tasks.task (id) on delete restrict,
  division_code text collate "C" not null references agencies.division (code) on delete restrict,
  lead_authority_id uuid not null references agencies.authority (id) on delete restrict,
  oversight_authority_id uuid not null references agencies.authority (id) on delete restrict,
  party_ids uuid[] not null,
  serial integer not null check (serial >= 1),
  plan_ref text collate "C" not null check (plan_ref ~ '^[0-9A-Za-z._:-]{1,55}$'),
  draw_no integer not null check (draw_no >= 1),
  supersedes_id uuid references draws.draw (id) on delete restrict,
  state text not null check (state in ('freezing', 'frozen', 'committed', 'closing', 'closed', 'drawing', 'certified', 'void', 'discarded')),
  open_division_code text collate "C" generated always as
    (case when state in ('committed', 'closing', 'closed', 'drawing', 'certified', 'void') then division_code end) stored,
  is_sealed boolean not null,
  organiser text check (organiser ~ '^[A-Z_]{2,40}$'),
  mode text not null check (mode in ('teams', 'subjects')),
  law_version text not null check (law_version ~ '^[0-9a-f]{64}$'),
  job_id uuid,
  failure jsonb,
  infeasible jsonb,
  snapshot_at timestamptz,
  figures jsonb,
  findings jsonb,
  prepared jsonb,
  secrets_cipher text,
  seq integer check (seq >= 1),
  close_by timestamptz,
  certify_by timestamptz,
  open_at timestamptz,
  opened_at timestamptz,
  commit_hash text check (commit_hash ~ '^[0-9a-f]{64}$'),
  close_hash text check (close_hash ~ '^[0-9a-f]{64}$'),
  certificate_hash text check (certificate_hash ~ '^[0-9a-f]{64}$'),
  frozen_by uuid not null references agencies.person (id) on delete restrict,
  frozen_at timestamptz not null,
  committed_by uuid references agencies.person (id) on delete restrict,
  committed_at timestamptz,
  closing_by uuid references agencies.person (id) on delete restrict,
  closing_at timestamptz,
  preflight_at timestamptz,
  closed_by uuid references agencies.person (id) on delete restrict,
  closed_at timestamptz,
  certified_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('cancelled', 'not_closed', 'beacon_absent', 'discarded')),
  version integer not null default 1,
  check (party_ids @> array[lead_authority_id, oversight_authority_id]),
  check (oversight_authority_id <> lead_authority_id),
  check (committed_by is null or committed_by <> frozen_by),
  check (closed_by is null or (closed_by <> closing_by and closed_by <> committed_by)),
  check (state in ('freezing', 'frozen', 'discarded') = (commit_hash is null)),
  check ((commit_hash is null) = (seq is null)),
  check (commit_hash is null or (committed_by is not null and close_by is not null and certify_by > close_by)),
  check (commit_hash is null or is_sealed = (open_at is not null)),
  check (state not in ('closed', 'drawing', 'certified') or (close_hash is not null and closed_by is not null)),
  check ((state = 'certified') = (certificate_hash is not null)),
  check ((state in ('void', 'discarded')) = (end_reason is not null)),
  check (opened_at is null or (is_sealed and state = 'certified' and opened_at >= open_at))
);
comment on table draws.draw is 'One commitment: 冻结 → 承诺 → 封口 → 抽取 → 证书. There is no state before an earlier one, but closing → committed, before anything is logged; nothing here is ever drawn twice (I1, I2).';
comment on column draws.draw.name is 'draw_id of draw-v1: <authority code>-<year>-<serial of the task>-<n>.';
comment on column draws.draw.party_ids is 'Lead, participants and oversight: who sees it before it is committed.';
comment on column draws.draw.prepared is 'The commitment as the frozen lists give it, without times, sources and chain: commit adds them and nothing else.';
comment on column draws.draw.infeasible is 'Why subjects were left without visitors, and the cheapest repairs, as the library says; written with the rows of the result.';
comment on column draws.draw.secrets_cipher is 'The people secret, and s1 and s2 of a sealed draw, encrypted; each opened once and checked at the close (escrow).';
create unique index draw_name on draws.draw (name);
create unique index draw_of_task on draws.draw (task_id) where state not in ('void', 'discarded');
create unique index draw_of_plan on draws.draw (plan_ref, draw_no) where state not in ('void', 'discarded');
create unique index draw_sequence on draws.draw (lead_authority_id, seq) where seq is not null;
create unique index draw_superseded_once on draws.draw (supersedes_id) where supersedes_id is not null and state <> 'discarded';
create index draw_division on draws.draw (division_code, frozen_at desc, id);
create index draw_open on draws.draw (open_division_code text_pattern_ops, committed_at desc, id);
create index draw_parties on draws.draw using gin (party_ids);
create index draw_task on draws.draw (task_id, serial);
create index draw_watched on draws.draw (state, close_by) where state in ('committed', 'closing', 'closed', 'drawing') or (is_sealed and opened_at is null);
grant select, insert, update on draws.draw to sunlot_app;

-- What is committed cannot be changed any more by anybody who may write rows: I2.
create function draws.keep_committed() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if old.commit_hash is not null and
     (new.task_id, new.plan_ref, new.draw_no, new.supersedes_id, new.is_sealed, new.organiser, new.mode, new.snapshot_at, new.figures, new.prepared,
      new.secrets_cipher, new.seq, new.close_by, new.certify_by, new.open_at, new.commit_hash, new.party_ids) is distinct from
     (old.task_id, old.plan_ref, old.draw_no, old.supersedes_id, old.is_sealed, old.organiser, old.mode, old.snapshot_at, old.figures, old.prepared,
      old.secrets_cipher, old.seq, old.close_by, old.certify_by, old.open_at, old.commit_hash, old.party_ids) then
    raise exception 'what is committed stays as it is' using errcode = 'SL006';
  end if;
  if old.close_hash is not null and old.state in ('closed', 'drawing', 'certified') and new.close_hash is distinct from old.close_hash
     or old.certificate_hash is not null and new.certificate_hash is distinct from old.certificate_hash then
    raise exception 'what is closed or certified stays as it is' using errcode = 'SL006';
  end if;
  if new.state <> old.state and not (old.state || '>' || new.state) = any (array[
       'freezing>frozen', 'freezing>discarded', 'frozen>discarded', 'frozen>committed', 'committed>closing', 'closing>committed',
       'closing>closed', 'committed>void', 'closing>void', 'closed>drawing', 'closed>void', 'drawing>certified']) then
    raise exception 'a draw goes from % to %', old.state, new.state using errcode = 'SL006';
  end if;
  return new;
end $$;
create trigger keep_committed before update on draws.draw for each row execute function draws.keep_committed();

create table draws.draw_list (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  name text collate "C" not null check (name ~ '^[a-z]+(-d[0-9]{2,6})?\.tsv$'),
  is_result boolean not null,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  rows bigint not null check (rows >= 0),
  index_hash text check (index_hash ~ '^[0-9a-f]{64}$'),
  primary key (draw_id, name)
);
comment on table draws.draw_list is 'The lists of a draw, by the SHA-256 under which each lies among the files (encrypted at rest, in every backup). index_hash: offsets and subtree roots, so that one line is found and proven without reading all.';
grant select, insert on draws.draw_list to sunlot_app;

create table draws.manifest (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  name text collate "C" not null check (name in ('plan.json', 'commit.json', 'close.json', 'certificate.json') or name ~ '^events/[0-9]{4}(\.values)?\.json$'),
  body text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  leaf_id bigint references log.leaf (id) on delete restrict,
  made_at timestamptz not null,
  primary key (draw_id, name)
);
comment on table draws.manifest is 'The exact bytes that were hashed. Written once: one commitment, one close, one certificate for each draw is the primary key (I1, A7).';
-- A plan entry is the same again where a draw of it was discarded, or voided.
create unique index manifest_hash on draws.manifest (hash, name) where name <> 'plan.json';
grant select, insert on draws.manifest to sunlot_app;

create function draws.check_manifest() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  of_state text := (select d.state from draws.draw d where d.id = new.draw_id);
begin
  if new.name = 'certificate.json' and of_state <> 'drawing' or new.name = 'close.json' and of_state <> 'closing' then
    raise exception '% of a draw that is %', new.name, of_state using errcode = 'SL006';
  end if;
  return new;
end $$;
create trigger check_manifest before insert on draws.manifest for each row execute function draws.check_manifest();

-- What the public log says of a draw: leaves of draw-v1 section 8, made here alone.
create table draws.leaf (
  id bigint primary key references log.leaf (id) on delete restrict,
  draw_id uuid not null references draws.draw (id) on delete restrict,
  type text not null check (type in ('plan', 'commit', 'close', 'record', 'cert', 'event', 'void')),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  body text not null
);
comment on table draws.leaf is 'Leaves in the words of VDP/1. The trigger appends the body to log.leaf as it stands.';
create unique index leaf_once on draws.leaf (draw_id, type, hash);
create unique index leaf_commit_once on draws.leaf (draw_id) where type = 'commit';
create unique index leaf_close_once on draws.leaf (draw_id) where type = 'close';
create unique index leaf_certificate_once on draws.leaf (draw_id) where type in ('cert', 'void');
grant select, insert on draws.leaf to sunlot_app;

create function draws.append_leaf() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from audit.event where xid = pg_current_xact_id() and transaction_began = transaction_timestamp()) then
    raise exception 'a leaf without an audit event in its own transaction' using errcode = 'SL001';
  end if;
  new.id := nextval('log.leaf_id_seq');
  insert into log.leaf (id, body, hash) overriding system value
  values (new.id, new.body, sha256('\x00'::bytea || convert_to(new.body, 'UTF8')));
  return new;
end $$;
create trigger append_leaf before insert on draws.leaf for each row execute function draws.append_leaf();
create trigger written_once before update or delete on draws.leaf for each row execute function audit.refuse();
create trigger written_once before update or delete on draws.manifest for each row execute function audit.refuse();
create trigger written_once before update or delete on draws.draw_list for each row execute function audit.refuse();

create table draws.signature (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  tag text not null check (tag in ('commit', 'close', 'cert', 'event', 'contrib')),
  hash text collate "C" not null check (hash ~ '^[0-9a-f]{64}$'),
  by text collate "C" not null check (by ~ '^[0-9A-Za-z._:-]{1,55}$'),
  alg text not null check (alg in ('ed25519', 'sm2')),
  public_key text not null,
  value text not null check (value ~ '^[0-9a-f]{128}$'),
  signed_at timestamptz not null,
  primary key (draw_id, tag, hash, by)
);
comment on table draws.signature is 'signatures.json: of authorities by their keys, of observers by keys that their own devices made. by is what one calls himself: the key speaks.';
grant select, insert on draws.signature to sunlot_app;
create trigger written_once before update or delete on draws.signature for each row execute function audit.refuse();

create table draws.drawn_from (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  alias text collate "C" not null check (alias ~ '^[0-9a-f]{48}$'),
  inspector_id uuid not null references registers.inspector (id) on delete restrict,
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  salt_cipher text not null,
  primary key (draw_id, alias)
);
comment on table draws.drawn_from is 'L3: who stands behind an alias in this draw. Known to whoever runs the draw and to himself; every reading is written down.';
create unique index drawn_from_once on draws.drawn_from (draw_id, inspector_id);
create index on draws.drawn_from (inspector_id, draw_id);
grant select, insert on draws.drawn_from to sunlot_app;

create table draws.press (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  stage text not null check (stage in ('objects', 'inspectors')),
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  pressed_by uuid not null references agencies.person (id) on delete restrict,
  instead boolean not null default false,
  pressed_at timestamptz not null,
  primary key (draw_id, stage, authority_id)
);
comment on table draws.press is 'Who pressed for which stage (D-10). Everything was committed before: pressing starts the machine, it chooses nothing. instead: the lead, for a participant who did not come.';
grant select, insert on draws.press to sunlot_app;

create table draws.stratum_result (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  stratum text collate "C" not null,
  rows integer not null,
  n integer not null,
  cut text,
  next_ticket text,
  primary key (draw_id, stratum)
);
comment on table draws.stratum_result is 'What the certificate says of each stratum. Empty cut and next while sealed.';
grant select, insert on draws.stratum_result to sunlot_app;

create table draws.selected (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  division_code text collate "C" not null,
  code text collate "C" not null,
  subject_id uuid not null,
  stratum text collate "C" not null,
  ticket text check (ticket ~ '^[0-9a-f]{64}$'),
  batch integer check (batch >= 0),
  place text collate "C",
  lacking text[] not null default '{}',
  entered_n integer not null default 0,
  left_n integer,
  version integer not null default 1,
  primary key (draw_id, division_code, code),
  foreign key (subject_id, division_code) references registers.subject (id, division_code) on delete restrict
);
comment on table draws.selected is 'Who was drawn, as selection.tsv, batches.tsv and unassigned.tsv say. While a draw is sealed nothing stands here: its lists are read from the files, one written-down reading at a time.';
comment on column draws.selected.place is 'The team that visits it; null where each subject has people of its own, and where nobody could be found.';
comment on column draws.selected.lacking is 'Codes of the authorities for which nobody could be found: people are borrowed.';
comment on column draws.selected.entered_n is 'Number of the event by which it entered; 0: drawn. left_n: of the event by which it left.';
create index selected_subject on draws.selected (division_code, subject_id, draw_id);
create index selected_order on draws.selected (draw_id, stratum, (coalesce(ticket, lpad(batch::text, 9, '0'))), code);
create index selected_place on draws.selected (draw_id, place) where place is not null;
grant select, insert, update (place, lacking, left_n, version) on draws.selected to sunlot_app;

create table draws.post (
  draw_id uuid not null references draws.draw (id) on delete restrict,
  place text collate "C" not null,
  alias text collate "C" not null,
  entered_n integer not null default 0,
  left_n integer,
  version integer not null default 1,
  primary key (draw_id, place, alias),
  foreign key (draw_id, alias) references draws.drawn_from (draw_id, alias) on delete restrict
);
comment on table draws.post is 'Who inspects: members of a team, or the people of one subject (place is then its code). Who left stays here with the number of the event.';
create index post_alias on draws.post (draw_id, alias) where left_n is null;
grant select, insert, update (left_n, version) on draws.post to sunlot_app;

call audit.watch('draws.authority_code', '{authority_id}');
call audit.watch('draws.signing_key', '{id}', '{secret_cipher}');
call audit.watch('draws.draw', '{id}', '{secrets_cipher}');
call audit.watch('draws.manifest', '{draw_id,name}');
call audit.watch('draws.signature', '{draw_id,tag,hash,by}');
call audit.watch('draws.drawn_from', '{draw_id,alias}', '{inspector_id,salt_cipher}');
call audit.watch('draws.press', '{draw_id,stage,authority_id}');
call audit.watch('draws.stratum_result', '{draw_id,stratum}');
call audit.watch('draws.selected', '{draw_id,division_code,code}');
call audit.watch('draws.post', '{draw_id,place,alias}');
insert into audit.exempt (table_name, reason) values
  ('draws.leaf', 'each row is itself a leaf of the log'),
  ('draws.draw_list', 'names files by their hash; the commitment and the certificate name the same hashes');
