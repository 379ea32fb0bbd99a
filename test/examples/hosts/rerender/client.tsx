import 'chekt-connect/define';
import type { TokenResponse } from 'chekt-connect';
import type {} from 'chekt-connect/jsx';
import { useReducer } from 'react';
import { createRoot } from 'react-dom/client';

/** The worst of hosts: every event and every key renders it again, with another function and another object each time. */
function Host() {
  const [renders, render] = useReducer((count: number) => count + 1, 1);
  return (
    <main data-renders={renders}>
      <chekt-connect
        external-dealer-id="adc-67890"
        platform-name="Northwind Cloud"
        api-base-url="/chekt"
        authorize-url="/chekt/authorize"
        disconnect-base-url="/chekt"
        style={{ minHeight: `${renders}px` }}
        messages={{}}
        getAccessToken={async ({ reason, signal }) => {
          const answer = await fetch(`/chekt/token?reason=${reason}`, { signal });
          return answer.status === 204 ? null : ((await answer.json()) as TokenResponse);
        }}
        onInput={() => render()}
        onchekt-ready={() => render()}
        onchekt-state-change={() => render()}
        onchekt-authorization-required={() => render()}
        onchekt-authorize={() => render()}
        onchekt-before-connect={() => render()}
        onchekt-connected={() => render()}
        onchekt-before-disconnect={() => render()}
        onchekt-disconnected={() => render()}
        onchekt-error={() => render()}
      />
    </main>
  );
}

createRoot(document.querySelector('#app')!).render(<Host />);
