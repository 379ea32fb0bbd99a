/**
 * `chekt-connect/define` for runtimes at the edge and for workers, whose bundlers choose `edge-light`, `workerd` or `worker`: Lit's
 * build for browsers would throw there, because there is no `HTMLElement`. The tag stays bare until a browser runs the script.
 */
export const isBare = true;
