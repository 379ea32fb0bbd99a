/** How many schedules run, and which. */
export interface Settings {
  readonly count: number;
  readonly seed: number;
  /** The path of a single schedule, as a failure prints it. */
  readonly path?: string;
}

/**
 * `SCHEDULES=2000` plays so many, `SEED=…` the same ones again. A failure prints its seed and path; to replay it alone, use
 * `SEED=… SCHEDULE_PATH=… ENGINE=chromium npm test -- schedules`.
 */
export function scheduleSettings(userAgent: string, env = process.env): Settings {
  const isChromium = userAgent.includes('Chrome/');
  return {
    count: Number(env['SCHEDULES'] ?? (isChromium ? 300 : 30)),
    seed: Number(env['SEED'] ?? Math.trunc(Math.random() * 2 ** 31)),
    path: env['SCHEDULE_PATH'],
  };
}
