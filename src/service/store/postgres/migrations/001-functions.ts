/** The functions of schema version 1. Their bodies, between `$$`, have semicolons too. */
export const functions001 = /* sql */ `
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
`;
