import type { ChektConnectElement } from '../../src/index.js';
import type { Checklist } from './checklist.js';
import { byId } from './dom.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Timeline } from './timeline.js';

/** Everything needed to find out what happened. Neither the timeline nor the diagnostics contain tokens. */
export function report({
  scenario,
  checklist,
  element,
  timeline,
}: {
  readonly scenario: Scenario;
  readonly checklist: Checklist;
  readonly element: ChektConnectElement | undefined;
  readonly timeline: Timeline;
}): string {
  const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
  const checks = checklist.checks.map(({ text, isTicked }) => `- [${isTicked ? 'x' : ' '}] ${text}`);
  const entries = timeline.shown;
  const lines = entries.map(
    ({ time, source, title, text }) => `${time.slice(11, 23)} ${source.padEnd(5)} ${title} ${text}`,
  );
  const isAsExpected = checklist.checks.every(({ isTicked }) => isTicked);
  const note = byId<HTMLInputElement>('note').value.trim();
  const card = element?.shadowRoot?.querySelector<HTMLElement>('[part=base]');
  return [
    `# chekt-connect: ${scenario.name}`,
    `${scenario.steps}\n\nWhat should happen (ticked: seen):\n\n${checks.join('\n')}`,
    note
      ? `What was different: ${note}`
      : isAsExpected
        ? 'Everything is as expected.'
        : 'What was different: ',
    `- ${location.href}\n- ${byId('sha').textContent}\n- ${navigator.userAgent}\n- ${new Date().toISOString()}`,
    `## What CHeKT has recorded\n\n${byId('recorded').textContent}\n\n\`\`\`\n${byId('audit').innerText.trim()}\n\`\`\``,
    `## What the card says\n\n\`\`\`\n${card?.innerText.trim()}\n\`\`\``,
    `## Timeline\n\n\`\`\`\n${lines.join('\n')}\n\`\`\``,
    `## Diagnostics\n\n${json(element?.diagnostics() ?? null)}`,
    `## Timeline in full\n\n${json(entries.map(({ time, source, title, detail }) => ({ time, source, title, detail })))}`,
  ].join('\n\n');
}
