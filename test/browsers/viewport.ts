import { executeServerCommand } from '@web/test-runner-commands';
import type { Viewport } from './viewport-plugin.js';

/** Gives the page this size, in CSS pixels, in every engine; each test file starts with 800 × 600, and WebKit's window gets no narrower than 447. */
export async function setViewport(viewport: Viewport): Promise<void> {
  await executeServerCommand('viewport', viewport);
}
