import assert from 'node:assert/strict';
import type { Visit } from '../support.js';

/** Another sign-in, even of the same person, begins with the company that it says and not with what was typed before. */
export async function showsCompanyOfSignIn({ element }: Visit): Promise<void> {
  await element.getByText('Acme Security Systems, Inc.').first().waitFor();
  for (const field of await element.getByRole('textbox').all()) {
    assert.equal(await field.inputValue(), 'Acme Security Systems, Inc.');
  }
  assert.equal(await element.getByText('Typed before').count(), 0);
}
