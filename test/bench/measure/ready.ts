/** An expression that resolves once the page's element is ready and has rendered, and marks that moment. */
export const whenReady = (tag: string) => `(async () => {
  await customElements.whenDefined('${tag}');
  const element = document.querySelector('${tag}');
  await element.ready;
  await element.updateComplete;
  performance.mark('bench-ready');
})()`;
