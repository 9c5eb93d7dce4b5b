/**
 * `dist/embed/tel-links.js`: makes calls of the page's `tel:` links for the loader's attribute `data-tel-links`.
 * @packageDocumentation
 */
import type { TelLinksOptions } from '../tel-links/tel-links-options.js';
import { watchLinks } from '../tel-links/watch-links.js';

/** Watches all links of the page: a call, and a sign of interest. */
export function watchPageLinks(
  country: string | undefined,
  onCall: TelLinksOptions['onCall'],
  onIntent: () => void,
): void {
  watchLinks({ country, onCall, onIntent }, () => import('../numbers/index.js'));
}
