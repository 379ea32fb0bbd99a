import 'chekt-connect/define';
import type { Binding, ChektConnectElement } from 'chekt-connect';
import type {} from 'chekt-connect/jsx'; // types the tag
import { useLayoutEffect, useRef, useState } from 'react';

/** `binding` is what the platform has stored, null if nothing. */
export function Chekt({ account, binding }: { account: string; binding: Binding | null }) {
  const element = useRef<ChektConnectElement>(null);
  const [said, say] = useState('');

  // An object can only be a property, and React sets no property of an element that a server has rendered. An effect
  // does in both cases; this kind of effect also before the element asks who has signed in, which it then need not.
  // It depends on `binding`, so that a later render does not undo what the element has set itself.
  useLayoutEffect(() => {
    element.current!.binding = binding;
  }, [binding]);

  return (
    <>
      <chekt-connect
        ref={element}
        external-dealer-id={account}
        platform-name="Northwind Cloud"
        api-base-url="/chekt"
        token-url="/chekt/token"
        authorize-url="/chekt/authorize"
        disconnect-base-url="/chekt"
        // another function on every render disturbs nothing
        onchekt-connected={({ detail }) => say(`Welcome, ${detail.binding.companyName}.`)}
        onchekt-disconnected={({ detail }) => say(`Goodbye, ${detail.binding.companyName}.`)}
      />
      <p role="status">{said}</p>
    </>
  );
}
