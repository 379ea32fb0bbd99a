/** Every change in the shadow tree from now on. */
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
    /** What has changed since the last time, once all that was asked for is rendered. */
    take(): MutationRecord[] {
      changes.push(...observer.takeRecords());
      return changes.splice(0);
    },
    stop: () => observer.disconnect(),
  };
}
