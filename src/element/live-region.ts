import { sentencesOf } from './view/announcement.js';
import type { ViewContext } from './view/context.js';

/**
 * Decides what a screen reader announces: each sentence once, when it comes to be true. The first load is silent, unless it fails,
 * because nobody has to be told again what they read on a page that has just opened.
 */
export class LiveRegion {
  /** The sentences that were true at the last render; absent during the first load. */
  #known?: readonly string[];
  /** The sentences that the live region holds. */
  #said: readonly string[] = [];

  /** To be called once for each render. @returns the text of the live region; empty once it is no longer true */
  text(context: ViewContext): string {
    const { name, failure } = context.state;
    const sentences = sentencesOf(context);
    const known = this.#known;
    const news = known || failure ? sentences.filter((sentence) => !known?.includes(sentence)) : [];
    if (news.length || !this.#said.every((sentence) => sentences.includes(sentence))) this.#said = news;
    if (known || (name !== 'unconfigured' && name !== 'authorizing')) this.#known = sentences;
    // a title has no full stop of its own
    return this.#said.join('. ').replace(/([.?!…])\. /g, '$1 ');
  }
}
