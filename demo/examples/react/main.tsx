import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chekt } from './chekt.js';

// What the platform knows of the account that is signed in.
const session = await (await fetch('/chekt/session')).json();

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <Chekt account={session.externalDealerId} binding={session.binding} />
  </StrictMode>,
);
