import { expect } from '@open-wc/testing';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { failed, type Row } from './row.js';

interface Shape {
  readonly name: string;
  readonly answer: Answer;
  readonly apiCode?: string;
  readonly requestId?: string;
}

const shapes: readonly Shape[] = [
  {
    name: 'nested',
    answer: { json: { error: { code: 'refused', message: 'No.', request_id: 'req_7' } } },
    apiCode: 'refused',
    requestId: 'req_7',
  },
  {
    name: 'nested, with the code alone',
    answer: { json: { error: { code: 'refused' } } },
    apiCode: 'refused',
  },
  { name: 'nested, of nulls', answer: { json: { error: { code: null, request_id: null, field: null } } } },
  { name: 'nested, of wrong types', answer: { json: { error: { code: 7, request_id: [], field: {} } } } },
  { name: 'nested, with markup for a code', answer: { json: { error: { code: '<b>refused</b>' } } } },
  { name: 'nested, with a code of 1,000 letters', answer: { json: { error: { code: 'x'.repeat(1000) } } } },
  { name: 'flat', answer: { json: { message: 'No.' } } },
  {
    name: 'RFC 6749',
    answer: { json: { error: 'invalid_request', error_description: 'No.' } },
    apiCode: 'invalid_request',
  },
  { name: 'error: null', answer: { json: { error: null } } },
  { name: 'a list', answer: { json: [{ error: { code: 'refused' } }] } },
  { name: 'a text in JSON', answer: { json: 'No.' } },
  { name: 'HTML', answer: { body: '<h1>No.</h1>', headers: { 'Content-Type': 'text/html' } } },
  { name: 'plain text', answer: { body: 'No.', headers: { 'Content-Type': 'text/plain' } } },
  {
    name: 'broken JSON',
    answer: { body: '{"error":{"code":"refused"', headers: { 'Content-Type': 'application/json' } },
  },
  { name: 'empty', answer: {} },
  {
    name: 'nested, as text/plain',
    answer: { body: '{"error":{"code":"refused"}}', headers: { 'Content-Type': 'text/plain' } },
    apiCode: 'refused',
  },
  {
    name: 'nested, of ten thousand levels',
    answer: { body: `{"error":{"code":"refused","message":${'['.repeat(10_000)}${']'.repeat(10_000)}}}` },
  },
];

const statuses = [
  [400, 'invalid-request'],
  [403, 'forbidden'],
  [409, 'conflict'],
  [422, 'invalid-request'],
  [501, 'server'],
] as const;

catalogue(
  'error shapes',
  shapes.flatMap(({ name, answer, apiCode, requestId }) =>
    statuses.map(([status, code]): Row => ({
      name: `${status}, ${name}`,
      answers: [{ ...answer, status }],
      ends: failed(code, status < 500 ? 'not-applied' : 'unknown', {
        status,
        // engines differ in whether they parse a body this deep
        ...(name.includes('thousand') ? {} : { apiCode }),
      }),
      also: ({ lastError, text, part }) => {
        expect(lastError()?.requestId).to.equal(requestId);
        expect(part('error')!.textContent, 'what support asks for').to.contain(lastError()?.traceId);
        expect(text()).not.to.contain('No.');
      },
    })),
  ),
);
