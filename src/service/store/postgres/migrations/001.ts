import { functions001 } from './001-functions.js';

/**
 * Schema version 1. The build also writes it as 001.sql, for a partner's own migration tool. `chekt.` stands for the configured
 * schema.
 */
export const migration001 = /* sql */ `
-- chekt-connect: what chekt-connect/service keeps. Schema version 1.
-- Times are milliseconds since the epoch, from the clock of the process that wrote the row.
-- Columns named "sealed" or "answer" hold "{key id}:{JWE}", encrypted by the service.

-- One row for each applied version. A process runs on a newer schema as long as its own version is at least "oldest_reader".
create table chekt.schema_version (
  version       integer primary key,
  oldest_reader integer not null,
  applied_at    timestamptz not null default now()
);

-- The order in which operations begin and bindings are confirmed, over all processes.
create sequence chekt.sequence as bigint;

-- Authorization requests that have not come back.
create table chekt.sign_ins (
  state_hash text primary key,
  session    text not null,
  actor      text not null,
  account    text not null,
  return_to  text not null,
  sealed     text not null,
  created_at bigint not null,
  expires_at bigint not null
);
create index sign_ins_session on chekt.sign_ins (session);
create index sign_ins_expires_at on chekt.sign_ins (expires_at);

-- Where a callback that comes again leads back to.
create table chekt.callbacks (
  state_hash   text primary key,
  session      text not null,
  actor        text not null,
  account      text not null,
  return_to    text not null,
  completed_at bigint not null
);
create index callbacks_session on chekt.callbacks (session);
create index callbacks_completed_at on chekt.callbacks (completed_at);

-- Why the last sign-in failed, until the next one begins.
create table chekt.sign_in_failures (
  session    text not null,
  actor      text not null,
  account    text not null,
  error      text not null,
  expires_at bigint not null,
  primary key (session, actor, account)
);

-- The dealer's tokens. A retired grant waits for its revocation.
create table chekt.grants (
  sign_in_id text primary key,
  session    text not null,
  actor      text not null,
  account    text not null,
  version    integer not null default 1,
  sealed     text not null,
  created_at bigint not null,
  expires_at bigint not null,
  idle_at    bigint not null,
  retired_at bigint,
  due_at     bigint not null default 0
);
create unique index grants_current on chekt.grants (session, actor, account) where retired_at is null;
create index grants_retired on chekt.grants (due_at) where retired_at is not null;
create index grants_aging on chekt.grants (least(expires_at, idle_at)) where retired_at is null;

-- Browser mode: a token of this sign-in was handed to a page.
create table chekt.handouts (
  sign_in_id text primary key,
  session    text not null,
  actor      text not null,
  account    text not null,
  dealer_id  bigint,
  expires_at bigint not null
);
create index handouts_owner on chekt.handouts (session, actor, account);

create table chekt.leases (
  name         text primary key,
  holder       text not null,
  leased_until bigint not null
);

-- Connects and disconnects, by Idempotency-Key. Unsettled as long as "outcome" is null.
create table chekt.operations (
  key          text primary key,
  sequence     bigint not null default nextval('chekt.sequence'),
  kind         text not null,
  account      text not null,
  dealer_id    bigint,
  sign_in_id   text,
  fingerprint  text not null,
  trace_id     text not null,
  sealed       text not null,
  created_at   bigint not null,
  attempts     integer not null default 1,
  holder       text,
  leased_until bigint not null,
  retry_at     bigint not null default 0,
  outcome      text,
  answer       text,
  settled_at   bigint
);
create index operations_unsettled on chekt.operations (sequence) where outcome is null;
create index operations_unsettled_account on chekt.operations (account) where outcome is null;
create index operations_unsettled_sign_in on chekt.operations (sign_in_id) where outcome is null;
create index operations_settled_at on chekt.operations (settled_at) where outcome is not null;

-- Which dealer is connected to which account. "binding" is what CHeKT said of the dealer.
create table chekt.bindings (
  account       text collate "C" primary key,
  api_origin    text not null,
  client_id     text not null,
  dealer_id     bigint not null,
  binding       jsonb not null,
  status        text not null,
  status_at     bigint not null,
  checked_at    bigint not null,
  operation_key text,
  trace_id      text,
  sequence      bigint not null,
  unique (api_origin, dealer_id)
);

-- When the last result became known, for each account and each dealer. What an operation that had begun before brings may be older.
create table chekt.newest (
  subject  text primary key,
  sequence bigint not null
);

-- Browser mode: what pages reported and CHeKT has neither confirmed nor denied.
create table chekt.reports (
  account     text not null,
  dealer_id   bigint not null,
  session     text not null,
  actor       text not null,
  api_origin  text not null,
  client_id   text not null,
  trace_id    text,
  reported_by jsonb not null,
  created_at  bigint not null,
  due_at      bigint not null,
  attempts    integer not null default 0,
  primary key (account, dealer_id)
);

-- Events for the partner's hooks. A dead one has been given up.
create table chekt.outbox (
  id                 bigint generated always as identity primary key,
  type               text not null,
  occurred_at        bigint not null,
  external_dealer_id text not null,
  binding            jsonb,
  trace_id           text,
  actor              jsonb,
  attempts           integer not null default 0,
  due_at             bigint not null,
  dead_at            bigint
);
create index outbox_account on chekt.outbox (external_dealer_id, id) where dead_at is null;

create table chekt.audit (
  id                 bigint generated always as identity primary key,
  at                 bigint not null,
  action             text not null,
  actor              jsonb,
  person             jsonb,
  external_dealer_id text not null,
  dealer_id          bigint,
  company_name       text,
  trace_id           text,
  request_id         text,
  code               text,
  api_code           text,
  outcome            text
);
create index audit_account on chekt.audit (external_dealer_id, id);
create index audit_at on chekt.audit (at);

-- Token buckets: how many calls may still be made.
create table chekt.buckets (
  name          text primary key,
  tokens        double precision not null,
  filled_at     bigint not null,
  blocked_until bigint not null default 0
);

create table chekt.platform_tokens (
  name       text primary key,
  sealed     text not null,
  expires_at bigint not null
);

create table chekt.housekeeping (
  task   text primary key,
  ran_at bigint not null
);
${functions001}
insert into chekt.schema_version (version, oldest_reader) values (1, 1);
`;
