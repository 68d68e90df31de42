-- 账号: how a person signs in, and what a session may do.

create schema accounts;
grant usage on schema accounts to sunlot_app;

create table accounts.account (
  id uuid primary key,
  person_id uuid not null unique references agencies.person (id) on delete restrict,
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
  state text not null check (state in ('active', 'suspended')),
  version integer not null default 1
);
grant select, insert, update on accounts.account to sunlot_app;

create table accounts.credential (
  account_id uuid primary key references accounts.account (id) on delete restrict,
  password_hash text not null,
  password_set_at timestamptz not null,
  must_change_password boolean not null default false,
  totp_cipher text,
  totp_pending_cipher text
);
comment on column accounts.credential.password_hash is 'argon2id.';
comment on column accounts.credential.totp_cipher is 'The TOTP secret in force, encrypted with a key that is not in the database.';
comment on column accounts.credential.totp_pending_cipher is 'A TOTP secret whose first code has not come yet: the one in force holds until then.';
grant select, insert, update on accounts.credential to sunlot_app;

create table accounts.totp_step (
  account_id uuid primary key references accounts.account (id) on delete restrict,
  last_step bigint not null
);
comment on table accounts.totp_step is 'The last 30-second step whose code was used: a code is good once.';
grant select, insert, update on accounts.totp_step to sunlot_app;

create table accounts.recovery_code (
  account_id uuid not null references accounts.account (id) on delete restrict,
  code_hash bytea not null,
  batch uuid not null,
  used_at timestamptz,
  replaced_at timestamptz,
  primary key (account_id, code_hash)
);
grant select, insert, update on accounts.recovery_code to sunlot_app;

create table accounts.identity (
  id uuid primary key,
  account_id uuid not null references accounts.account (id) on delete restrict,
  issuer text not null,
  subject_fingerprint bytea not null check (length(subject_fingerprint) = 32),
  bound_at timestamptz not null,
  withdrawn_at timestamptz
);
comment on table accounts.identity is 'Which account a subject of the government identity provider (OIDC) signs in to. Bound by an administrator, never by what the provider claims.';
comment on column accounts.identity.subject_fingerprint is 'Keyed fingerprint: what the provider calls a person may itself be personal data, and the key of a row enters the log.';
create unique index identity_bound_once on accounts.identity (issuer, subject_fingerprint) where withdrawn_at is null;
create index on accounts.identity (account_id);
grant select, insert, update on accounts.identity to sunlot_app;

create table accounts.session (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references accounts.account (id) on delete restrict,
  stage text not null check (stage in ('enrol', 'full')),
  method text not null check (method in ('password', 'oidc')),
  second_factor boolean not null,
  acting_authority_id uuid references agencies.authority (id) on delete restrict,
  device text not null,
  address text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  reauthenticated_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signedOut', 'idle', 'expired', 'revoked', 'rotated', 'credentialChanged'))
);
comment on column accounts.session.second_factor is 'Whether a second factor was given in this session, here or (where the operator trusts it so far) at the identity provider.';
comment on table accounts.session is 'Sessions live here and not in the cookie: the cookie carries 32 random bytes, of which only the SHA-256 stands here.';
create index on accounts.session (account_id, ended_at);
grant select, insert, update, delete on accounts.session to sunlot_app;

create table accounts.throttle (
  bucket text primary key,
  tokens double precision not null,
  at timestamptz not null,
  told_at timestamptz
);
comment on table accounts.throttle is 'Token buckets of failed sign-ins: per account, per address, and of all. They delay; nobody can be locked out by a stranger for good.';
comment on column accounts.throttle.told_at is 'When a refusal for want of tokens was last written into the audit trail: a flood of guesses must not flood the trail.';
grant select, insert, update, delete on accounts.throttle to sunlot_app;

call audit.watch('accounts.account', '{id}');
call audit.watch('accounts.credential', '{account_id}', '{password_hash,totp_cipher,totp_pending_cipher}');
call audit.watch('accounts.recovery_code', '{account_id,code_hash}');
call audit.watch('accounts.identity', '{id}', '{subject_fingerprint}');

insert into audit.exempt (table_name, reason) values
  ('accounts.totp_step', 'replay protection, written at every sign-in; the sign-in itself is an event'),
  ('accounts.session', 'touched by every request; sign-in, sign-out and revocation are events'),
  ('accounts.throttle', 'counters that refill; every refused sign-in is an event');
