import type { Finding } from '../check.js';

const TOLERANCE = 60_000;

/** @param date the `Date` header of an answer */
export function clockFinding(
  date: string | null | undefined,
  now: number,
  setting: string,
): readonly Finding[] {
  const off = now - Date.parse(date ?? '');
  if (Number.isNaN(off) || Math.abs(off) < TOLERANCE) return [];
  const seconds = Math.round(Math.abs(off) / 1000);
  return [
    {
      level: 'error',
      setting: 'the clock of this machine',
      message: `It is ${seconds} s ${off > 0 ? 'ahead of' : 'behind'} the clock of ${setting}.`,
      fix: 'Synchronize it with NTP; otherwise tokens and signed assertions are refused.',
    },
  ];
}
