import type { Binding } from 'chekt-connect';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import Chekt from '../../../../demo/examples/vue/Chekt.vue';

export const html = (binding: Binding | null) =>
  renderToString(createSSRApp(Chekt, { account: 'adc-67890', binding }));
