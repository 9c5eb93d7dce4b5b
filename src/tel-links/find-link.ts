import type { TelLink } from './tel-links-options.js';

/**
 * The link that an event happened in, also inside of open shadow roots; `undefined` when there is none or something
 * around it is to be left alone.
 */
export function findLink(event: Event, ignore: string): TelLink | undefined {
  const path = event.composedPath().filter(isElement);
  const link = path.find(isLink);
  return path.some((element) => element.matches(ignore)) ? undefined : link;
}

/** Address of a link as it was written. */
export const hrefOf = (link: TelLink): string =>
  link.getAttribute('href') ?? link.getAttributeNS('http://www.w3.org/1999/xlink', 'href') ?? '';

/** Whether the page asks for something else than going to the address in this window. */
export const goesElsewhere = (link: TelLink): boolean =>
  link.hasAttribute('download') || !/^(?:_self)?$/i.test(link.getAttribute('target') ?? '');

/** A plain press of the first button, of Enter, or of assistive technology, that nobody has dealt with. */
export const isPlainClick = (event: MouseEvent): boolean =>
  !event.defaultPrevented &&
  event.button === 0 &&
  !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

// By shape and not by class: frames have classes of their own.
const isElement = (target: EventTarget): target is Element => 'matches' in target;

const isLink = (element: Element): element is TelLink =>
  element.localName === 'a' && hrefOf(element as TelLink) !== '';
