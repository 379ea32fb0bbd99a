/**
 * Schema version 1. The build also writes it as 001.sql, for a partner's own migration tool. `chekt.` stands for the configured
 * schema. The bodies of the functions, between `$$`, have semicolons too.
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
create index callbacks_completed_at on chekt.callbacks (completed_at);

-- Why the last sign-in failed, until the next one begins.
create table chekt.sign_in_failures (
  session     text not null,
  account     text not null,
  error       text not null,
  description text,
  expires_at  bigint not null,
  primary key (session, account)
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

-- Takes calls from a token bucket, all of them or none; "reserve" is what has to remain.
create function chekt.spend(
  bucket text, capacity float8, per_ms float8, calls float8, reserve float8, at_time bigint
) returns boolean language plpgsql as $$
begin
  insert into chekt.buckets as b (name, tokens, filled_at)
  select bucket, capacity - calls, at_time where capacity >= reserve + calls
  on conflict (name) do update
    set tokens = least(capacity, b.tokens + greatest(0, at_time - b.filled_at) * per_ms) - calls,
        filled_at = greatest(b.filled_at, at_time)
    where b.blocked_until <= at_time
      and least(capacity, b.tokens + greatest(0, at_time - b.filled_at) * per_ms) >= reserve + calls;
  return found;
end $$;

-- The usual start of a connect: the grant of its sign-in, which is used; the person's calls; the operation, if its key is new; the
-- platform's call. It ends at the first that fails.
create function chekt.begin_connect(
  of_session text, of_actor text, made chekt.operations, next_idle_at bigint, idle_step bigint,
  own_bucket text, own_capacity float8, own_per_ms float8, own_calls float8, own_reserve float8,
  platform_bucket text, platform_capacity float8, platform_per_ms float8, platform_calls float8, platform_reserve float8,
  out granted chekt.grants, out own_spent boolean, out begun bigint, out platform_spent boolean
) language plpgsql as $$
begin
  own_spent := false;
  platform_spent := false;
  select g.* into granted from chekt.grants g
   where g.session = of_session and g.actor = of_actor and g.account = made.account and g.sign_in_id = made.sign_in_id
     and g.retired_at is null and g.expires_at > made.created_at and g.idle_at > made.created_at;
  if granted.sign_in_id is null then
    return;
  end if;
  if granted.idle_at + idle_step <= next_idle_at then
    update chekt.grants g set idle_at = greatest(g.idle_at, next_idle_at) where g.sign_in_id = granted.sign_in_id;
    granted.idle_at := next_idle_at;
  end if;
  own_spent := chekt.spend(own_bucket, own_capacity, own_per_ms, own_calls, own_reserve, made.created_at);
  if not own_spent then
    return;
  end if;
  insert into chekt.operations as o
    (key, kind, account, dealer_id, sign_in_id, fingerprint, trace_id, sealed, created_at, holder, leased_until)
  values
    (made.key, made.kind, made.account, made.dealer_id, made.sign_in_id, made.fingerprint, made.trace_id, made.sealed,
     made.created_at, made.holder, made.leased_until)
  on conflict (key) do nothing
  returning o.sequence into begun;
  if begun is not null then
    platform_spent := chekt.spend(
      platform_bucket, platform_capacity, platform_per_ms, platform_calls, platform_reserve, made.created_at
    );
  end if;
end $$;

-- The one lock of all commits, until the end of the transaction. Its key is the table's number, which does not depend on how the name
-- of the schema is spelled.
create function chekt.lock_commits() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('chekt-connect commits', 'chekt.newest'::regclass::oid::bigint));
end $$;

-- The functions commit a connect in one call, so that the lock of the commits is held for no round trip to a process. Each of their
-- statements sees what was committed before it began, also while the function waited for the lock; so only as "read committed".

-- Notes a result as the newest of its account and dealer. Null, and nothing noted: something newer is known than what began then.
create function chekt.note_newest(of_account text, of_dealer text, began bigint) returns bigint language plpgsql as $$
declare
  newest bigint := nextval('chekt.sequence');
begin
  if exists (select from chekt.newest n where n.subject in (of_account, of_dealer) and n.sequence > began) then
    return null;
  end if;
  insert into chekt.newest (subject, sequence) values (of_account, newest), (of_dealer, newest)
  on conflict (subject) do update set sequence = excluded.sequence;
  return newest;
end $$;

-- Stores a binding, and returns those that it replaces: of its account, and of its dealer.
create function chekt.put_binding(made chekt.bindings) returns setof chekt.bindings language plpgsql as $$
begin
  delete from chekt.reports r where r.account = made.account and r.dealer_id = made.dealer_id;
  return query
    delete from chekt.bindings b
     where b.account = made.account or (b.api_origin = made.api_origin and b.dealer_id = made.dealer_id)
    returning b.*;
  insert into chekt.bindings
    (account, api_origin, client_id, dealer_id, binding, status, status_at, checked_at, operation_key, trace_id, sequence)
  values
    (made.account, made.api_origin, made.client_id, made.dealer_id, made.binding, made.status, made.status_at,
     made.checked_at, made.operation_key, made.trace_id, made.sequence);
end $$;

-- What every commit writes beside the binding: the result of the operation, the end of its grant, audit rows and events.
create function chekt.write_result(
  at_time bigint, of_key text, its_outcome text, its_answer text, used_grant text, audit_rows jsonb, events jsonb
) returns void language plpgsql as $$
begin
  update chekt.operations o
     set outcome = its_outcome, answer = its_answer, settled_at = at_time, holder = null
   where o.key = of_key;
  update chekt.grants g
     set retired_at = at_time, due_at = at_time
   where g.sign_in_id = used_grant and g.retired_at is null;
  insert into chekt.audit
    (at, action, actor, person, external_dealer_id, dealer_id, company_name, trace_id, request_id, code, api_code, outcome)
  select at, action, nullif(actor, 'null'), nullif(person, 'null'), "externalDealerId", "dealerId",
         "companyName", "traceId", "requestId", code, "apiCode", outcome
    from jsonb_to_recordset(audit_rows) as entry (
           at bigint, action text, actor jsonb, person jsonb, "externalDealerId" text, "dealerId" bigint,
           "companyName" text, "traceId" text, "requestId" text, code text, "apiCode" text, outcome text
         );
  insert into chekt.outbox (type, occurred_at, external_dealer_id, binding, trace_id, actor, due_at)
  select type, "occurredAt", "externalDealerId", nullif(binding, 'null'), "traceId", nullif(actor, 'null'), at_time
    from jsonb_to_recordset(events) as entry (
           type text, "occurredAt" bigint, "externalDealerId" text, binding jsonb, "traceId" text, actor jsonb
         );
end $$;

-- The usual end of a connect. False, and nothing written: the transaction is stricter than "read committed", the operation is settled or gone, its people were erased, something newer
-- is known, or another binding ends with it.
create function chekt.commit_connect(
  at_time bigint, of_key text, its_outcome text, its_answer text, used_grant text, audit_rows jsonb, events jsonb,
  made chekt.bindings, of_account text, of_dealer text, of_erasure text
) returns boolean language plpgsql as $$
declare
  began bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    return false;
  end if;
  perform chekt.lock_commits();
  select o.sequence into began from chekt.operations o where o.key = of_key and o.outcome is null for update;
  if began is null
     or exists (select from chekt.newest n where n.subject = of_erasure and n.sequence > began)
     or exists (
          select from chekt.bindings b
           where (b.account = made.account and (b.api_origin, b.dealer_id) <> (made.api_origin, made.dealer_id))
              or (b.api_origin = made.api_origin and b.dealer_id = made.dealer_id and b.account <> made.account)
        ) then
    return false;
  end if;
  made.sequence := chekt.note_newest(of_account, of_dealer, began);
  if made.sequence is null then
    return false;
  end if;
  perform chekt.put_binding(made);
  perform chekt.write_result(at_time, of_key, its_outcome, its_answer, used_grant, audit_rows, events);
  return true;
end $$;

insert into chekt.schema_version (version, oldest_reader) values (1, 1);
`;
