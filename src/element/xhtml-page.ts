interface TemplateClass {
  createElement(html: string): HTMLTemplateElement;
}

/** On an XHTML page, `innerHTML` expects XML, which Lit's templates are not (lit/lit #634). */
export const isXhtml = globalThis.document?.contentType === 'application/xhtml+xml';

const hooks = globalThis as { litHtmlPolyfillSupport?: (template: TemplateClass) => void };

/**
 * While it loads, Lit passes its template class to `litHtmlPolyfillSupport`. So this module has to run before Lit, as it does in
 * the script-tag file. Templates are then created in an HTML document. The hook removes itself.
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
