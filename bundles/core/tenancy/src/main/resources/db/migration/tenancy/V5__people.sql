-- SPDX-License-Identifier: Apache-2.0

-- People. One person may be a member of several tenants, so the account is the platform's. An
-- address is found by its key, in which case plays no part; of the password there is a hash alone.
-- The second factor's secret stands in the secret store under totp_secret; totp_step is the last time
-- step of which a code was taken, so that none is taken twice.
create table platform.user_account (
  id            uuid        primary key,
  email         text        not null,
  email_key     text        collate "C" not null unique,
  name          text        not null,
  password_hash text        not null,
  totp_state    text        not null default 'off' check (totp_state in ('off', 'pending', 'on')),
  totp_secret   uuid,
  totp_step     bigint      not null default 0,
  created_at    timestamptz not null
);

-- What a person is in a tenant: the truth about it.
create table tenant.membership (
  tenant_id  uuid        not null,
  id         uuid        not null,
  user_id    uuid        not null,
  role       text        collate "C" not null check (role in ('owner', 'admin', 'member', 'viewer')),
  created_at timestamptz not null,
  version    bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_id)
);

-- From a person to the tenants: written first, worthless without the membership, orphans swept.
create table platform.membership_pointer (
  user_id    uuid        not null references platform.user_account on delete cascade,
  tenant_id  uuid        not null,
  created_at timestamptz not null,
  primary key (user_id, tenant_id)
);
create index membership_pointer_age on platform.membership_pointer (created_at);

-- That a person is signed in to a tenant somewhere: a family of refresh tokens.
create table platform.user_session (
  id         uuid        primary key,
  user_id    uuid        not null references platform.user_account on delete cascade,
  tenant_id  uuid        not null,
  address    text        not null,
  client     text,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  ended_at   timestamptz,
  end_reason text,
  check ((ended_at is null) = (end_reason is null))
);
create index user_session_user on platform.user_session (user_id, created_at);
create index user_session_expiry on platform.user_session (expires_at);

-- Tokens, found by their digest under the key of key_id. A refresh token that was used stays until
-- it would have expired, so that its second coming is noticed.
create table platform.session_token (
  digest     bytea       primary key,
  session_id uuid        not null references platform.user_session on delete cascade,
  kind       text        not null check (kind in ('access', 'refresh')),
  key_id     smallint    not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index session_token_session on platform.session_token (session_id, expires_at);

-- Sign-ins that failed, of an account from a source and of an account as a whole, by digests alone,
-- so that an address that has no account leaves the same. Worthless from settled_at on.
create table platform.sign_in_failure (
  digest       bytea         primary key,
  account      bytea         not null,
  failed_at    timestamptz[] not null,
  locked_until timestamptz,
  settled_at   timestamptz   not null
);
create index sign_in_failure_account on platform.sign_in_failure (account);
create index sign_in_failure_age on platform.sign_in_failure (settled_at);

-- Links that unlock an account, found by their token's digest; each works once.
create table platform.unlock_token (
  digest     bytea       primary key,
  user_id    uuid        not null references platform.user_account on delete cascade,
  key_id     smallint    not null,
  expires_at timestamptz not null
);
create index unlock_token_user on platform.unlock_token (user_id);
create index unlock_token_expiry on platform.unlock_token (expires_at);

-- That a password was right and a code is still wanted, found by the digest of a token.
create table platform.sign_in_challenge (
  digest     bytea       primary key,
  user_id    uuid        not null references platform.user_account on delete cascade,
  tenant_id  uuid        not null,
  key_id     smallint    not null,
  expires_at timestamptz not null
);
create index sign_in_challenge_user on platform.sign_in_challenge (user_id, expires_at);
create index sign_in_challenge_expiry on platform.sign_in_challenge (expires_at);

-- Codes for whoever has lost the second factor, by their digests; a used one is gone.
create table platform.recovery_code (
  user_id uuid     not null references platform.user_account on delete cascade,
  digest  bytea    not null,
  key_id  smallint not null,
  primary key (user_id, digest)
);
