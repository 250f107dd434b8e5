-- SPDX-License-Identifier: Apache-2.0

-- Hosts that have a certificate or shall have one. Keys and certificates stand in the secret store; version rises
-- with each new pair there.
create table platform.certificate (
  host        text        primary key,
  version     int         not null,
  issuer      text,
  not_before  timestamptz,
  not_after   timestamptz,
  renew_at    timestamptz,
  looked_at   timestamptz,
  failures    int         not null,
  trouble     text,
  next_try_at timestamptz not null
);

-- What a certificate authority is answered while it looks whether a host is ours (RFC 8555, section 8.3); any node may be asked.
create table platform.acme_challenge (
  token      text        primary key,
  host       text        not null,
  answer     text        not null,
  expires_at timestamptz not null
);
