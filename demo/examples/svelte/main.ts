import { mount } from 'svelte';
import Chekt from './Chekt.svelte';

// What the platform knows of the account that is signed in.
const session = await (await fetch('/chekt/session')).json();

mount(Chekt, {
  target: document.querySelector('#app')!,
  props: { account: session.externalDealerId, binding: session.binding },
});
