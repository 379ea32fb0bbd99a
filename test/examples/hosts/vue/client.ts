import { createSSRApp } from 'vue';
import Chekt from '../../../../demo/examples/vue/Chekt.vue';

const session = await (await fetch('/chekt/session')).json();
createSSRApp(Chekt, { account: session.externalDealerId, binding: session.binding }).mount('#app');
