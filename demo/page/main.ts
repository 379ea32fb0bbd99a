/** The page of a platform with the element on it, surrounded by tools for testers. Read `embed.ts` first. */
import { byId } from './dom.js';
import { showGallery } from './gallery/gallery.js';
import { listenToKeys } from './keys.js';
import { link } from './link.js';
import { Settings } from './settings.js';
import { showPage } from './show-page.js';
import { showVersion } from './version.js';

await showVersion(await (await fetch('/dist/chekt-connect.js')).arrayBuffer());

const isGallery = Settings.current.view === 'gallery';
link(byId<HTMLAnchorElement>('to-page'), (settings) => settings.with({ view: null }));
link(byId<HTMLAnchorElement>('to-gallery'), (settings) => settings.with({ view: 'gallery' }));
byId('page').hidden = isGallery;
byId('gallery').hidden = !isGallery;
byId(isGallery ? 'to-gallery' : 'to-page').setAttribute('aria-current', 'page');
listenToKeys(Settings.current.view);
await (isGallery ? showGallery() : showPage());
document.body.dataset.ready = '';
