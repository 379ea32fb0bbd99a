import type {
  Actor,
  AuditAction,
  AuditRow,
  BindingStatus,
  Grant,
  HookType,
  Operation,
  OperationOutcome,
  OutboxRow,
  Person,
  Report,
  SettledOperation,
  StoredBinding,
} from '../records.js';

/** A bigint comes as text from pg and as a number from PGlite. */
export type Int = string | number;

/** A jsonb value arrives parsed, or as text if the driver is configured not to parse it. */
type Json<Value> = Value | string;

function json<Value>(value: Json<Value>): Value {
  return typeof value === 'string' ? (JSON.parse(value) as Value) : value;
}

const number = (value: Int | null) => (value === null ? null : Number(value));

export interface GrantRow {
  sign_in_id: string;
  session: string;
  actor: string;
  account: string;
  version: number;
  sealed: string;
  created_at: Int;
  expires_at: Int;
  idle_at: Int;
  retired_at: Int | null;
}

export function toGrant(row: GrantRow): Grant {
  const { session, actor, account, version, sealed } = row;
  return {
    signInId: row.sign_in_id,
    session,
    actor,
    account,
    version,
    sealed,
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    idleAt: Number(row.idle_at),
    retired: row.retired_at !== null,
  };
}

export interface OperationRow {
  key: string;
  sequence: Int;
  kind: 'connect' | 'disconnect';
  account: string;
  dealer_id: Int | null;
  sign_in_id: string | null;
  fingerprint: string;
  trace_id: string;
  sealed: string;
  created_at: Int;
  attempts: number;
  leased_until: Int;
  outcome: OperationOutcome | null;
  answer: string | null;
  settled_at: Int | null;
}

export function toOperation(row: OperationRow): Operation {
  const { key, kind, account, fingerprint, sealed, attempts } = row;
  return {
    key,
    kind,
    account,
    fingerprint,
    sealed,
    attempts,
    dealerId: number(row.dealer_id),
    signInId: row.sign_in_id,
    traceId: row.trace_id,
    sequence: Number(row.sequence),
    createdAt: Number(row.created_at),
  };
}

export function toSettled(row: OperationRow): SettledOperation | null {
  const { outcome, answer, settled_at: settledAt } = row;
  return outcome && { ...toOperation(row), outcome, answer, settledAt: Number(settledAt) };
}

export interface BindingRow {
  api_origin: string;
  client_id: string;
  binding: Json<StoredBinding['binding']>;
  status: BindingStatus;
  status_at: Int;
  checked_at: Int;
  operation_key: string | null;
  trace_id: string | null;
  sequence: Int;
}

export function toBinding(row: BindingRow): StoredBinding {
  return {
    apiOrigin: row.api_origin,
    clientId: row.client_id,
    binding: json(row.binding),
    status: row.status,
    statusAt: Number(row.status_at),
    checkedAt: Number(row.checked_at),
    operationKey: row.operation_key,
    traceId: row.trace_id,
    sequence: Number(row.sequence),
  };
}

export interface ReportRow {
  account: string;
  dealer_id: Int;
  session: string;
  actor: string;
  api_origin: string;
  client_id: string;
  trace_id: string | null;
  reported_by: Json<Actor>;
  created_at: Int;
  due_at: Int;
  attempts: number;
}

export function toReport(row: ReportRow): Report {
  const { account, session, actor, attempts } = row;
  return {
    account,
    session,
    actor,
    attempts,
    dealerId: Number(row.dealer_id),
    apiOrigin: row.api_origin,
    clientId: row.client_id,
    traceId: row.trace_id,
    reportedBy: json(row.reported_by),
    createdAt: Number(row.created_at),
    dueAt: Number(row.due_at),
  };
}

export interface HookRow {
  id: Int;
  type: HookType;
  occurred_at: Int;
  external_dealer_id: string;
  binding: Json<OutboxRow['binding']>;
  trace_id: string | null;
  actor: Json<Actor | null>;
  attempts: number;
}

export function toHook(row: HookRow): OutboxRow {
  return {
    id: String(row.id),
    type: row.type,
    occurredAt: Number(row.occurred_at),
    externalDealerId: row.external_dealer_id,
    binding: json(row.binding),
    traceId: row.trace_id,
    actor: json(row.actor),
    attempts: row.attempts,
  };
}

export interface AuditTableRow {
  id: Int;
  at: Int;
  action: AuditAction;
  actor: Json<Actor | null>;
  person: Json<Person | null>;
  external_dealer_id: string;
  dealer_id: Int | null;
  company_name: string | null;
  trace_id: string | null;
  request_id: string | null;
  code: string | null;
  api_code: string | null;
  outcome: string | null;
}

export function toAudit(row: AuditTableRow): AuditRow {
  const { action, code, outcome } = row;
  return {
    id: String(row.id),
    at: Number(row.at),
    action,
    code,
    outcome,
    actor: json(row.actor),
    person: json(row.person),
    externalDealerId: row.external_dealer_id,
    dealerId: number(row.dealer_id),
    companyName: row.company_name,
    traceId: row.trace_id,
    requestId: row.request_id,
    apiCode: row.api_code,
  };
}
