/**
 * `everdial/tel-links`: turns `tel:` links of the page, and numbers in its text, into calls.
 *
 * Numbers without a country code need `everdial/numbers`, which is fetched when they are met.
 * @packageDocumentation
 */
import type { Unsubscribe } from '../index.js';
import type { TelLinksOptions } from './tel-links-options.js';
import { watchLinks } from './watch-links.js';

export {
  registerTelHandler,
  type TelHandlerOptions,
  type TelHandlerResult,
  telFromLocation,
} from './tel-handler.js';
export type { TelLink, TelLinksOptions } from './tel-links-options.js';

/**
 * Starts to watch. Returns the function that stops it, and turns links that were made of text back into text.
 *
 * The browser keeps: clicks with a modifier key or another button, links with `target` or `download`, clicks that the
 * page has dealt with, emergency numbers and short codes, and what is no number. The links themselves are not touched,
 * so that assistive technology, "copy number" and the status line know them as they are.
 * @throws DialerError `config/invalid-option` when `onCall` is no function or `ignore` no selector.
 */
export function watchTelLinks(options: TelLinksOptions): Unsubscribe {
  return watchLinks(options, () => import('../numbers/index.js'));
}
