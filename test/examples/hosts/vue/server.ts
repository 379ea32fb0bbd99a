import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import Chekt from '../../../../demo/examples/vue/Chekt.vue';

export const html = () => renderToString(createSSRApp(Chekt, { account: 'adc-67890', binding: null }));
