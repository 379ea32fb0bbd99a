import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LogEntry, RequestLog } from '../store/request-log.js';

const KEEP_ALIVE = 15_000;

/** Streams the log as server-sent events: from the entry after `Last-Event-ID`, or else from now on. */
export function streamLog(c: Context, log: RequestLog): Response {
  return streamSSE(c, async (stream) => {
    const send = (entry: LogEntry) =>
      stream.writeSSE({ event: 'request', id: String(entry.id), data: JSON.stringify(entry) });
    const seen = c.req.header('last-event-id') ?? c.req.query('after');
    const unsubscribe = log.subscribe((entry) => void send(entry));
    const alive = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE);
    await new Promise<void>((resolve) => {
      stream.onAbort(() => {
        unsubscribe();
        clearInterval(alive);
        resolve();
      });
      void stream.write(': log\n\n');
      if (seen !== undefined) for (const entry of log.list()) if (entry.id > Number(seen)) void send(entry);
    });
  });
}
