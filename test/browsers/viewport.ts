import { executeServerCommand } from '@web/test-runner-commands';
import type { Viewport } from './viewport-plugin.js';

/** Resizes the page, in CSS pixels, in every engine. Each test file starts with 800 × 600; WebKit's window cannot be narrower than 447. */
export async function setViewport(viewport: Viewport): Promise<void> {
  await executeServerCommand('viewport', viewport);
}
