/** Takes the picture of the README, `docs/picture.png`, from the built demo: `npm run build && tsx test/docs/picture.ts`. */
import { root } from './pages.js';
import { startWorld } from '../e2e/support.js';

const world = await startWorld();
try {
  const visit = await world.visit('', {
    viewport: { width: 900, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  await visit.signIn('Dana Reyes');
  await visit.element.locator('[part~="connect-button"]').waitFor();
  await visit.element.screenshot({ path: `${root}docs/picture.png` });
  await visit.end();
} finally {
  await world.close();
}
