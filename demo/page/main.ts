/** The page of a platform with the element on it, and around it what testers need. Begin with `embed.ts`. */
import type { ChektConnectElement } from '../../src/index.js';
import { byId } from './dom.js';
import { showGallery } from './gallery/gallery.js';
import { Settings } from './settings.js';
import { showPage } from './show-page.js';

const definition = customElements.get('chekt-connect') as typeof ChektConnectElement | undefined;
byId('version').textContent = definition?.version ?? 'is not loaded';
byId('sha').textContent = document.querySelector('script')?.integrity ?? '';

const isGallery = Settings.current.view === 'gallery';
byId('page').hidden = isGallery;
byId('gallery').hidden = !isGallery;
byId(isGallery ? 'to-gallery' : 'to-page').setAttribute('aria-current', 'page');
await (isGallery ? showGallery() : showPage());
document.body.dataset.ready = '';
