/** Takes the picture of the README, `docs/picture.png`, from the built demo: `npm run build && tsx test/docs/picture.ts`. */
import { root } from './pages.js';
import { startWorld } from '../e2e/support.js';

/** Of the page around the card, in CSS pixels. */
const MARGIN = 10;

const world = await startWorld();
try {
  const visit = await world.visit('', {
    viewport: { width: 900, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  await visit.signIn('Dana Reyes');
  await visit.element.locator('[part~="connect-button"]').waitFor();
  const card = await visit.element.locator('[part~="base"]').boundingBox();
  if (!card) throw new Error('The card is not on the page.');
  const clip = {
    x: card.x - MARGIN,
    y: card.y - MARGIN,
    width: card.width + 2 * MARGIN,
    height: card.height + 2 * MARGIN,
  };
  await visit.page.screenshot({ path: `${root}docs/picture.png`, clip, fullPage: true });
  await visit.end();
} finally {
  await world.close();
}
