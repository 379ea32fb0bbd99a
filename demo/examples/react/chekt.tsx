import 'chekt-connect/define';
import type { Binding, ChektConnectElement, ChektDisconnectedEvent } from 'chekt-connect';
import type {} from 'chekt-connect/jsx'; // types the tag
import { useLayoutEffect, useRef, useState } from 'react';

/**
 * Attributes are in the JSX. Properties and listeners are set in effects, because React sets neither on a custom
 * element that a server has rendered. On a page without server rendering, `onchekt-connected={…}` does as well.
 */
export function Chekt({ account, binding }: { account: string; binding: Binding | null }) {
  const ref = useRef<ChektConnectElement>(null);
  const [said, say] = useState('');

  // What the platform has stored. In a layout effect it comes before the element asks who has signed in, which it then
  // need not; with its dependency, a later render does not undo what the element itself has set since.
  useLayoutEffect(() => {
    ref.current!.binding = binding;
  }, [binding]);

  useLayoutEffect(() => {
    const element = ref.current!;
    const unmounted = new AbortController();
    const { signal } = unmounted;
    const tell = (greeting: string, { companyName }: Binding) => say(`${greeting}, ${companyName}`);
    element.addEventListener('chekt-connected', (event) => tell('Welcome', event.detail.binding), { signal });
    const disconnected = (event: ChektDisconnectedEvent) => {
      tell('Goodbye', event.detail.binding);
      element.reset(); // the service has revoked the sign-in
    };
    element.addEventListener('chekt-disconnected', disconnected, { signal });
    return () => unmounted.abort();
  }, []);

  return (
    <>
      <chekt-connect
        ref={ref}
        external-dealer-id={account}
        platform-name="Northwind Cloud"
        api-base-url="/chekt"
        token-url="/chekt/token"
        authorize-url="/chekt/authorize"
        disconnect-base-url="/chekt"
      />
      <p role="status">{said}</p>
    </>
  );
}
