/** What may stand between the tags: elements, texts, lists of both; what is false or missing is left out. */
export type Child = Node | string | number | false | null | undefined | readonly Child[];

/**
 * Attributes of an element. `true` writes an empty attribute; `false`, `null` and `undefined` none. `vars` sets custom
 * properties, which a strict Content-Security-Policy allows where a `style` attribute is forbidden.
 */
export interface Attributes {
  readonly [name: string]:
    | string
    | number
    | boolean
    | null
    | undefined
    | Readonly<Record<string, string | number>>;
}

/**
 * Builds one element. It parses no HTML and writes no `style` attribute, so it works under Trusted Types and a strict
 * Content-Security-Policy, and whatever stands in a text stays text.
 */
export function h(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'object') {
      for (const [property, number] of Object.entries(value)) {
        element.style.setProperty(property, String(number));
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child || child === 0) element.append(child as Node | string);
  }
}

/** A telephone number, a time or digits: from left to right everywhere, and never wrapped. */
export const num = (text: string, attributes: Attributes = {}): HTMLElement =>
  h('bdi', { ...attributes, class: 'num', dir: 'ltr' }, text);

/** Words for screen readers only. */
export const spoken = (text: string): HTMLElement => h('span', { class: 'sr' }, text);

/** Puts values into the `{placeholders}` of a text. */
export const fill = (text: string, values: Readonly<Record<string, string | undefined>>): string =>
  text.replace(/\{(\w+)\}/g, (all, key: string) => values[key] ?? all);

/** A sentence in which the `{number}` keeps its direction. */
export function withNumber(text: string, number: string): readonly Child[] {
  const [before = '', after] = text.split('{number}');
  return after === undefined ? [text] : [before, num(number), after];
}
