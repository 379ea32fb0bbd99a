/** How many schedules run, and which. */
export interface Settings {
  readonly count: number;
  readonly seed: number;
  /** The path of a single schedule, as a failure prints it. */
  readonly path?: string;
}

/** In one run, over its engines together. */
const IN_ALL = 300;

/**
 * The settings of one engine. `SCHEDULES=2000` plays so many, `SEED=…` the same ones again. A failure prints its seed and path; to replay it alone, use
 * `SEED=… SCHEDULE_PATH=… ENGINE=<that failed> npm test -- schedules`.
 */
export function scheduleSettings(engines: number, env = process.env): Settings {
  return {
    count: Number(env['SCHEDULES'] ?? Math.ceil(IN_ALL / engines)),
    seed: Number(env['SEED'] ?? Math.trunc(Math.random() * 2 ** 31)),
    path: env['SCHEDULE_PATH'],
  };
}
