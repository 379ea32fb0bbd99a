import { render } from 'svelte/server';
import Chekt from '../../../../demo/examples/svelte/Chekt.svelte';

export const html = () => render(Chekt, { props: { account: 'adc-67890', binding: null } }).body;
