import { createApp } from 'vue';
import Chekt from './Chekt.vue';

// What the platform knows of the account that is signed in.
const session = await (await fetch('/chekt/session')).json();

createApp(Chekt, { account: session.externalDealerId, binding: session.binding }).mount('#app');
