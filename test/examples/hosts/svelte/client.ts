import { hydrate } from 'svelte';
import Chekt from '../../../../demo/examples/svelte/Chekt.svelte';

const session = await (await fetch('/chekt/session')).json();
hydrate(Chekt, {
  target: document.querySelector('#app')!,
  props: { account: session.externalDealerId, binding: session.binding },
});
