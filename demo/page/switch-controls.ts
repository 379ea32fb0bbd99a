import type { SwitchDescription } from '../sandbox/switches.js';
import { byId, make } from './dom.js';
import type { Run } from './sandbox.js';
import { Settings } from './settings.js';

/**
 * Shows a control for each open question of the Partner API. A change applies at once and is written into the
 * URL.
 */
export async function showSwitches(run: Run): Promise<void> {
  const [list, values] = await Promise.all([run.switchList(), run.switches()]);
  byId('switches').replaceChildren(...list.map((each) => switchControl(run, each, values[each.name])));
}

function switchControl(run: Run, { name, values }: SwitchDescription, value: string | number): HTMLElement {
  const control = values
    ? make('select', { name }, ...values.map((each) => make('option', {}, each)))
    : make('input', { name, type: 'number' });
  control.value = String(value);
  control.addEventListener('change', async () => {
    const chosen = values ? control.value : Number(control.value);
    control.setCustomValidity('');
    try {
      await run.put('switches', { [name]: chosen });
      Settings.current.withSwitch(name, chosen).keep();
    } catch {
      control.setCustomValidity('The sandbox does not take this value.');
      control.reportValidity();
    }
  });
  return make('label', {}, make('code', {}, name), control);
}
