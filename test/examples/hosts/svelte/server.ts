import type { Binding } from 'chekt-connect';
import { render } from 'svelte/server';
import Chekt from '../../../../demo/examples/svelte/Chekt.svelte';

export const html = (binding: Binding | null) =>
  render(Chekt, { props: { account: 'adc-67890', binding } }).body;
