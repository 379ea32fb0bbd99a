import { html, type TemplateResult } from 'lit';
import type { Dictionary } from '../i18n/messages.js';
import { renderText, type Sentence } from './text.js';

const shapes = {
  person: 'M8 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4m-4 8.25a4 3 0 0 1 8 0',
  check: 'm4 8.5 3 3 5.5-6.5',
  alert: 'M8 3.5v5.5m0 3v.5',
} as const;

/** An icon, drawn so that it needs no font. Its meaning is always said in words, too. */
export function renderMark(shape: keyof typeof shapes): TemplateResult {
  return html`<svg class="mark ${shape}" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${shapes[shape]} />
  </svg>`;
}

/** A sentence that must not be overlooked. */
export function renderWarning(dictionary: Dictionary, sentence: Sentence): TemplateResult {
  return html`<div class="box danger">
    ${renderMark('alert')}
    <p>${renderText(dictionary, ...sentence)}</p>
  </div>`;
}
