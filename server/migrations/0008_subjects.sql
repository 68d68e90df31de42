-- 检查对象名录库. Whoever is not in it is never drawn, and whoever is in it twice is drawn twice as often.
--
-- subject, premises, licence and subject_change grow with the subjects: each holds division_code in every unique key, and
-- they are joined on it, so that they can be spread over machines by it. subject_identity is the one that keeps a code
-- unique over all of them, and is itself spread by the code.

create table registers.subject_identity (
  code text collate "C" primary key check (code ~ '^[0-9A-Za-z._:-]{1,55}$'),
  subject_id uuid not null,
  division_code text collate "C" not null
);
comment on table registers.subject_identity is 'One code, one subject (I6): 统一社会信用代码, an older 注册号, or an issued id. Written with the subject, in the same transaction.';
grant select, insert, update (division_code) on registers.subject_identity to sunlot_app;

create table registers.subject (
  id uuid not null,
  division_code text collate "C" not null check (division_code ~ '^[0-9]{6}$'),
  code text collate "C" not null,
  code_kind text not null check (code_kind in ('uscc', 'registrationNumber', 'issued')),
  name text not null check (length(name) between 1 and 200),
  initials text not null default '',
  kind text not null check (kind in ('LEGAL_PERSON', 'NATURAL_PERSON', 'UNINCORPORATED', 'PRODUCT', 'PROJECT', 'ACTIVITY')),
  entity_type text not null check (entity_type in ('enterprise', 'individualBusiness', 'farmersCooperative',
    'privateNonEnterpriseUnit', 'socialOrganisation', 'publicInstitution', 'professionalBody', 'other')),
  registered_type text check (length(registered_type) <= 200),
  of_subject uuid,
  legal_representative text check (length(legal_representative) <= 200),
  registered_address text check (length(registered_address) <= 500),
  business_scope text check (length(business_scope) <= 20000),
  established_on date,
  registered_capital text check (length(registered_capital) <= 100),
  telephone_cipher text,
  telephone_print bytea,
  id_card_cipher text,
  id_card_print bytea,
  registration_state text not null default 'active'
    check (registration_state in ('active', 'suspended', 'deregistered', 'revoked', 'cancelled', 'relocated')),
  division_basis text not null check (division_basis in ('premises', 'address', 'stated', 'registrar')),
  township_code text check (township_code ~ '^[0-9]{9}([0-9]{3})?$'),
  industry_code text collate "C" check (industry_code ~ '^[A-T]([0-9]{2,4})?$'),
  credit_class text check (credit_class in ('A', 'B', 'C', 'D')),
  risk_grade text check (length(risk_grade) between 1 and 20),
  tags text[] not null default '{}',
  pools text[] not null default '{}',
  flags text[] not null default '{}',
  authority_ids uuid[] not null default '{}',
  station text check (length(station) between 1 and 100),
  import_id uuid,
  entered_on date not null,
  left_on date,
  version integer not null default 1,
  primary key (id, division_code),
  check ((kind = 'NATURAL_PERSON') or (id_card_cipher is null and id_card_print is null))
);
comment on table registers.subject is '检查对象. One row for an entity, however many licences it has. It is never deleted: who leaves has left_on, and may return.';
comment on column registers.subject.division_code is 'The county of its premises; division_basis says how it is known. registrar: from digits 3–8 of the code, which name the registering authority, and therefore flagged.';
comment on column registers.subject.of_subject is 'Whose product, project or activity it is.';
comment on column registers.subject.telephone_print is 'A keyed fingerprint: whether a number changed is seen without opening either.';
comment on column registers.subject.initials is 'Pinyin initials of the name, for search.';
comment on column registers.subject.tags is 'Lists that it stands on: abnormalOperation, seriousDishonesty, complaints …';
comment on column registers.subject.authority_ids is 'In whose registers it stands: the authorities that supervise it, as its licences and their powers say (谁审批、谁监管).';
comment on column registers.subject.flags is 'What somebody should look at: countyFromCode, registrationCheckDigit …';
comment on column registers.subject.import_id is 'The import that brought it in; nothing where a person entered it.';
create unique index subject_listed on registers.subject (division_code, code);
create index subject_import on registers.subject (import_id) where import_id is not null;
create index subject_left on registers.subject (division_code, left_on) where left_on is not null;
create unique index subject_id_card on registers.subject (id_card_print, division_code) where id_card_print is not null;
grant select, insert, update on registers.subject to sunlot_app;

-- A name as it is sought: full width and half width, capital and small are one.
create function registers.folded(text) returns text
language sql immutable strict parallel safe
return lower(normalize($1, nfkc) collate "C");
grant execute on function registers.folded(text) to sunlot_app;

-- What a subject can be found and filtered by, in one index: pairs of characters of its name (Chinese has no blanks
-- between words), threes of its pinyin initials, and `x:value` for each thing that lists are filtered by. Rows that hold
-- all of a query's terms are found by intersecting, however they are combined. Its cost says that it is never worth
-- computing for a row that the index could have given.
create function registers.subject_terms(
  name text, initials text, division_code text, kind text, entity_type text, industry_code text, credit_class text,
  risk_grade text, registration_state text, tags text[], pools text[], flags text[], authority_ids uuid[], left_on date)
returns text[]
language plpgsql immutable parallel safe cost 2000 set search_path = pg_catalog, pg_temp
as $$
declare
  low text := lower(normalize(name, nfkc) collate "C");
  terms text[] := array['d:' || left(division_code, 2), 'd:' || left(division_code, 4), 'd:' || division_code,
    'k:' || kind, 'e:' || entity_type, 'c:' || coalesce(credit_class, '-'), 'r:' || coalesce(risk_grade, '-'),
    's:' || registration_state, '^' || left(low, 1)];
begin
  if industry_code is not null then
    for i in 1 .. length(industry_code) loop
      if i <> 2 then terms := terms || ('i:' || left(industry_code, i)); end if;
    end loop;
  else
    terms := terms || 'i:-'::text;
  end if;
  for i in 1 .. length(low) - 1 loop terms := terms || substr(low, i, 2); end loop;
  for i in 1 .. length(initials) - 2 loop terms := terms || ('~' || substr(initials, i, 3)); end loop;
  for i in 1 .. cardinality(tags) loop terms := terms || ('t:' || tags[i]); end loop;
  for i in 1 .. cardinality(pools) loop terms := terms || ('p:' || pools[i]); end loop;
  for i in 1 .. cardinality(flags) loop terms := terms || ('f:' || flags[i]); end loop;
  for i in 1 .. cardinality(authority_ids) loop terms := terms || ('a:' || authority_ids[i]); end loop;
  if left_on is not null then terms := terms || 'left'::text; end if;
  return terms;
end $$;
create index subject_terms on registers.subject using gin (registers.subject_terms(name, initials, division_code, kind,
  entity_type, industry_code, credit_class, risk_grade, registration_state, tags, pools, flags, authority_ids, left_on));
-- How many rows hold a term decides how a list is read: the common ones must be known well.
alter index registers.subject_terms alter column 1 set statistics 1000;
create materialized view registers.term_share as
  select known.term collate "C" as term, known.share
    from pg_stats s cross join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) known (term, share)
   where s.schemaname = 'registers' and s.tablename = 'subject_terms' and known.term is not null;
comment on materialized view registers.term_share is 'Which share of the subjects has a term, as ANALYZE found it; what is rarer than all of these is not here. A search begins in the way that they make likely.';
create unique index on registers.term_share (term);
create index on registers.term_share (share);
-- Names begin with the place: what begins many names is common in few counties, and the shares alone would not know it.
create materialized view registers.term_place as
  select first.term collate "C" as term, s.division_code, count(*)::int * 100 as subjects
    from registers.subject s tablesample system (1)
   cross join lateral (values ('^' || left(registers.folded(s.name), 1)), (left(registers.folded(s.name), 2)),
                              ('~' || left(s.initials, 3))) first (term)
   where s.left_on is null group by 1, 2 having count(*) >= 4;
comment on materialized view registers.term_place is 'In which counties many names begin alike, from a hundredth of the subjects.';
create unique index on registers.term_place (term, division_code);
grant select on registers.term_share, registers.term_place to sunlot_app;

create table registers.premises (
  id uuid not null,
  division_code text collate "C" not null,
  subject_id uuid not null,
  name text check (length(name) between 1 and 200),
  address text not null check (length(address) between 1 and 500),
  township_code text check (township_code ~ '^[0-9]{9}([0-9]{3})?$'),
  opened_on date,
  closed_on date,
  import_id uuid,
  version integer not null default 1,
  primary key (id, division_code),
  foreign key (subject_id, division_code) references registers.subject (id, division_code) on delete restrict,
  check (closed_on is null or opened_on is null or closed_on >= opened_on)
);
comment on table registers.premises is '经营场所. Where a subject can be visited; the registered address need not be one.';
create index premises_import on registers.premises (import_id) where import_id is not null;
create index premises_of on registers.premises (subject_id, division_code);
grant select, insert, update on registers.premises to sunlot_app;

create table registers.licence (
  id uuid not null,
  division_code text collate "C" not null,
  subject_id uuid not null,
  kind text not null check (length(kind) between 1 and 100),
  number text not null check (length(number) between 1 and 100),
  authority_id uuid not null references agencies.authority (id) on delete restrict,
  scope text check (length(scope) <= 2000),
  valid_from date,
  valid_until date,
  revoked_on date,
  import_id uuid,
  version integer not null default 1,
  primary key (id, division_code),
  foreign key (subject_id, division_code) references registers.subject (id, division_code) on delete restrict,
  check (valid_until is null or valid_from is null or valid_until >= valid_from)
);
comment on table registers.licence is '许可证. One entity, many licences; whose licence it is supervises it (谁审批、谁监管, REQ-OBJ-8).';
create index licence_import on registers.licence (import_id) where import_id is not null;
create unique index licence_once on registers.licence (division_code, subject_id, authority_id, kind, number);
grant select, insert, update on registers.licence to sunlot_app;

create table registers.subject_change (
  id uuid not null,
  division_code text collate "C" not null,
  subject_id uuid not null,
  kind text not null check (kind in ('entered', 'changed', 'left', 'returned', 'moved')),
  state text not null check (state in ('proposed', 'effective', 'rejected', 'withdrawn')),
  fields jsonb not null default '{}',
  reason text check (length(reason) between 1 and 500),
  source text not null check (source in ('hand', 'import', 'push', 'undo')),
  import_id uuid,
  subject_version integer,
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text check (length(decision_note) between 1 and 500),
  version integer not null default 1,
  primary key (id, division_code),
  foreign key (subject_id, division_code) references registers.subject (id, division_code) on delete restrict,
  check ((state = 'proposed') = (decided_at is null)),
  -- Taking somebody out, and what he is classed as, decides whether he can be drawn: never by one person (I4, I5).
  check (decided_by is null or proposed_by is null or source <> 'hand' or decided_by <> proposed_by or kind in ('entered', 'changed'))
);
comment on table registers.subject_change is 'Every change of a subject: when, what, from which source, by whom. What an import entered stands on the subject itself (import_id, entered_on).';
comment on column registers.subject_change.subject_version is 'Of an import: the version of the subject that it made, so that it is undone only where nobody changed more.';
comment on column registers.subject_change.fields is 'field → [before, after]. No personal data: numbers appear as “changed” alone.';
create index subject_change_of on registers.subject_change (subject_id, division_code, proposed_at);
create index subject_change_listed on registers.subject_change (division_code, proposed_at desc, id desc);
create index subject_change_open on registers.subject_change (division_code, id) where state = 'proposed';
-- What is published: of a county, and of a wider area in the order of time.
create index subject_change_published on registers.subject_change (division_code, decided_at desc, id desc) where state = 'effective';
create index subject_change_published_anywhere on registers.subject_change (decided_at desc, id desc) where state = 'effective';
create index subject_change_returned on registers.subject_change (division_code, subject_id) where kind = 'returned' and state = 'effective';
create index subject_change_import on registers.subject_change (import_id) where import_id is not null;
grant select, insert, update on registers.subject_change to sunlot_app;

-- Who was taken out and put back: the trick by which a friend is never drawn (I4). An import that was undone is no trick.
create view registers.returned_subject as
  select back.division_code, back.subject_id, gone.id as left_change, back.id as return_change,
         gone.decided_at as left_at, back.decided_at as returned_at
    from registers.subject_change back
    join lateral (
      select g.id, g.decided_at from registers.subject_change g
       where g.subject_id = back.subject_id and g.division_code = back.division_code
         and g.kind = 'left' and g.state = 'effective' and g.source <> 'undo' and g.decided_at <= back.decided_at
       order by g.decided_at desc limit 1) gone on true
   where back.kind = 'returned' and back.state = 'effective' and back.source <> 'undo';
comment on view registers.returned_subject is 'Leaving and return of the same subject, for the churn detector of supervision.';
grant select on registers.returned_subject to sunlot_app;

create view registers.subject_figure as
  select division_code, coalesce(left(industry_code, 1), '-') as industry_section, coalesce(credit_class, '-') as credit_class,
         entity_type, count(*)::int as subjects
    from registers.subject where left_on is null group by 1, 2, 3, 4;
comment on view registers.subject_figure is 'How many subjects the register has: the definition of the figures that are shown.';
create materialized view registers.subject_figure_kept as
  select f.*, platform.now() as as_of from registers.subject_figure f;
create unique index on registers.subject_figure_kept (division_code, industry_section, credit_class, entity_type);
create function registers.count_subjects() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  -- Whoever reads the figures meanwhile reads the ones before.
  refresh materialized view concurrently registers.subject_figure_kept;
end $$;
grant select on registers.subject_figure, registers.subject_figure_kept to sunlot_app, sunlot_portal;
grant execute on function registers.count_subjects() to sunlot_app;

-- Ids of many rows at once: UUIDv7, as newId() makes them one by one.
create function registers.new_id() returns uuid
language sql volatile
return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
  placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
grant execute on function registers.new_id() to sunlot_app;

-- After many rows at once the planner must know the new shares, or it reads lists the slow way.
create function registers.know_subjects() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  analyze registers.subject;
  analyze registers.subject_identity;
  refresh materialized view concurrently registers.term_share;
  refresh materialized view concurrently registers.term_place;
end $$;
grant execute on function registers.know_subjects() to sunlot_app;

call audit.watch('registers.subject', '{id,division_code}');
call audit.watch('registers.premises', '{id,division_code}');
call audit.watch('registers.licence', '{id,division_code}');
call audit.watch('registers.subject_change', '{id,division_code}');
insert into audit.exempt (table_name, reason) values
  ('registers.subject_identity', 'the codes of registers.subject once more, so that each is unique: written with it, compared by sunlot doctor');
