interface TemplateClass {
  createElement(html: string): HTMLTemplateElement;
}

/** On an XHTML page `innerHTML` takes XML, and Lit's templates are none (lit/lit #634). */
export const isXhtml = globalThis.document?.contentType === 'application/xhtml+xml';

const hooks = globalThis as { litHtmlPolyfillSupport?: (template: TemplateClass) => void };

/**
 * Lit hands its template class to `litHtmlPolyfillSupport` while it loads, so this module has to run before it, as it does in the
 * script-tag file. Templates are then made in an HTML document. The hook is gone once Lit has loaded.
 */
if (isXhtml && !hooks.litHtmlPolyfillSupport) {
  const html = document.implementation.createHTMLDocument();
  hooks.litHtmlPolyfillSupport = (template) => {
    delete hooks.litHtmlPolyfillSupport;
    template.createElement = (text) => {
      const element = html.createElement('template');
      element.innerHTML = text;
      return element;
    };
  };
}
