/** Records every change in the shadow tree from now on. */
export function watchDom(element: HTMLElement) {
  const changes: MutationRecord[] = [];
  const observer = new MutationObserver((records) => changes.push(...records));
  observer.observe(element.shadowRoot!, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  return {
    /** Returns the changes since the last call, once every requested render has run. */
    take(): MutationRecord[] {
      changes.push(...observer.takeRecords());
      return changes.splice(0);
    },
    stop: () => observer.disconnect(),
  };
}
