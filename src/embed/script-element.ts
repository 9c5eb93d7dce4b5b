/**
 * The element that the `data-*` attributes of the script tag describe, for content systems that strip unknown tags:
 * `data-to` becomes `to`, and so on; `data-on…` would be a script. It floats in a corner of the page.
 */
export function elementFromScript(script: Element): HTMLElement {
  const element = document.createElement('ever-dial');
  element.setAttribute('variant', 'floating');
  for (const { name, value } of script.attributes) {
    if (/^data-(?!on)/.test(name)) element.setAttribute(name.slice(5), value);
  }
  return element;
}

/** Keeps the element in the body: as soon as there is one, and again when a router has put a new one in its place. */
export function keepInBody(element: HTMLElement): void {
  const put = (): void => {
    if (!element.isConnected) document.body?.append(element);
  };
  new MutationObserver(put).observe(document.documentElement, { childList: true });
  put();
}
