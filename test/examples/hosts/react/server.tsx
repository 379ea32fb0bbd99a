import type { Binding } from 'chekt-connect';
import { renderToString } from 'react-dom/server';
import { Chekt } from '../../../../demo/examples/react/chekt.js';

export const html = (binding: Binding | null) =>
  renderToString(<Chekt account="adc-67890" binding={binding} />);
