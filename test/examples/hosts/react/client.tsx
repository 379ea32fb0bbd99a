import { hydrateRoot } from 'react-dom/client';
import { Chekt } from '../../../../demo/examples/react/chekt.js';

const session = await (await fetch('/chekt/session')).json();
hydrateRoot(
  document.querySelector('#app')!,
  <Chekt account={session.externalDealerId} binding={session.binding} />,
);
