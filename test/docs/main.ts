import { writeFileSync } from 'node:fs';
import { generated, readManifest, readPage, root } from './generated.js';

/** Updates the generated parts of the documentation: `npm run build && npm run docs`. */
for (const [page, manifest] of [
  ['docs/element.md', readManifest],
  ['docs/events.md', undefined],
  ['docs/messages.md', undefined],
] as const) {
  writeFileSync(new URL(page, root), await generated(page, readPage(page), manifest));
}
