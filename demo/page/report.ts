import type { ChektConnectElement } from '../../src/index.js';
import { byId } from './dom.js';
import type { Log } from './log.js';
import type { Scenario } from './scenarios/scenario.js';

/** All that somebody needs who is to find out what happened; the logs and the diagnostics hold no token. */
export function bugReport(
  scenario: Scenario,
  element: ChektConnectElement | undefined,
  logs: Readonly<Record<string, Log>>,
): string {
  const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
  const sections = Object.entries(logs).map(([title, { lines }]) => {
    const listed = lines.map(({ time, title, text }) => `${time.slice(11, 23)} ${title} ${text}`).join('\n');
    return `## ${title}\n\n\`\`\`\n${listed}\n\`\`\`\n\n${json(lines.map(({ detail }) => detail))}`;
  });
  return [
    `# chekt-connect: ${scenario.name}`,
    `What should happen: ${scenario.expect}\n\nWhat happens instead: `,
    `- ${location.href}\n- ${byId('sha').textContent}\n- ${navigator.userAgent}\n- ${new Date().toISOString()}`,
    `## Diagnostics\n\n${json(element?.diagnostics() ?? null)}`,
    ...sections,
  ].join('\n\n');
}
