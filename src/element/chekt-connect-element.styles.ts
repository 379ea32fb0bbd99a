import { card } from './styles/card.js';
import { content } from './styles/content.js';
import { controls } from './styles/controls.js';
import { details } from './styles/details.js';
import { conditions } from './styles/conditions.js';

/** In this order, because later rules override earlier ones. */
export const styles = [card, content, controls, details, conditions];
