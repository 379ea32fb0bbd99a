import { byId, make } from '../dom.js';
import { Settings } from '../settings.js';

/** Shows another release beside this one, in the same run and with the same attributes. */
export function showOtherBuild(): void {
  const input = byId<HTMLInputElement>('build');
  input.value = Settings.current.build ?? '';
  input.addEventListener('change', () =>
    location.assign(Settings.current.with({ build: input.value || null }).href),
  );
  if (!Settings.current.build) return;
  const frame = make('iframe', { title: 'The element from another build' });
  const load = () =>
    (frame.src = `/demo/page/other-build/frame.html${new URL(Settings.current.href, location.href).search}`);
  load();
  addEventListener('settings', load);
  byId('other-build').replaceChildren(frame);
}
