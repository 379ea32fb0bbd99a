import { renderToString } from 'react-dom/server';
import { Chekt } from '../../../../demo/examples/react/chekt.js';

export const html = () => renderToString(<Chekt account="adc-67890" binding={null} />);
