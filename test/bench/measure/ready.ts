/** An expression that resolves when the element of the page is ready and has rendered that, and marks the moment. */
export const whenReady = (tag: string) => `(async () => {
  await customElements.whenDefined('${tag}');
  const element = document.querySelector('${tag}');
  await element.ready;
  await element.updateComplete;
  performance.mark('bench-ready');
})()`;
