import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { built } from './built.js';

interface Named {
  readonly name: string;
}
interface Declaration {
  readonly customElement?: boolean;
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly slots: readonly Named[];
}

/** What a page can style, as the contract lists it. */
const parts =
  'base heading grant authorization form form-control-label form-control-input form-control-help form-control-error button button-primary button-secondary button-danger authorize-button connect-button disconnect-button keep-button retry-button link details binding confirm status error';
const colors = 'primary on-primary link surface text muted border danger success';
const others = 'border-radius button-radius spacing font-family font-size';

describe('custom-elements.json', () => {
  const { modules } = JSON.parse(built('custom-elements.json')) as {
    modules: readonly { declarations: readonly Declaration[] }[];
  };
  const element = modules.flatMap(({ declarations }) => declarations).find((one) => one.customElement)!;
  const names = (list: readonly Named[]) => list.map(({ name }) => name).sort();

  it('has the parts, the custom properties and the slots of the contract', () => {
    assert.deepEqual(names(element.cssParts), parts.split(' ').sort());
    const properties = [...colors.split(' ').map((color) => `color-${color}`), ...others.split(' ')];
    assert.deepEqual(names(element.cssProperties), properties.map((name) => `--chekt-${name}`).sort());
    assert.deepEqual(names(element.slots), ['', 'footer', 'header', 'logo', 'next']);
  });

  it('has only custom properties that the built style sheet reads', () => {
    const script = built('chekt-connect.js');
    for (const name of names(element.cssProperties)) assert.ok(script.includes(`var(${name}`), name);
  });
});
