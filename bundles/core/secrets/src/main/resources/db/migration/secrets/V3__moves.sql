-- SPDX-License-Identifier: Apache-2.0

-- Moves of all secrets from one store to another; one at a time.
create table platform.secret_move (
  id             uuid        primary key,
  source         text        not null,
  target         text        not null,
  job_id         uuid,
  peeked_path    text,
  peeked_version int,
  started_at     timestamptz not null,
  finished_at    timestamptz
);
create unique index secret_move_open on platform.secret_move ((true)) where finished_at is null;

-- Where secrets are read and written: one row, which whoever writes a secret holds while it notes that it does.
create table platform.secret_route (
  id         int     primary key check (id = 1),
  configured text    not null,
  active     text    not null,
  moving     boolean not null
);

-- Writes of secrets that are under way, and during a move those that are not carried over yet.
create table platform.secret_write (
  id       uuid        primary key,
  path     text        not null,
  begun_at timestamptz not null,
  ended    boolean     not null
);

-- The row is there from the beginning, so that there is something to hold; it is about no store yet.
insert into platform.secret_route (id, configured, active, moving) values (1, '', '', false);
