/**
 * Makes `old` look like `fresh` and keeps as many of its nodes as possible: focus, the text somebody types, scroll
 * positions and running transitions survive. Children are matched by place; one with another tag or another `data-key` is
 * replaced, which also starts its animations anew.
 */
export function morph(old: Element, fresh: Element): void {
  // Once somebody has chosen, the attribute alone no longer counts. What they chose stays until something else is drawn.
  if (old instanceof HTMLInputElement && fresh.hasAttribute('checked') !== old.defaultChecked) {
    old.checked = fresh.hasAttribute('checked');
  }
  for (const { name } of [...old.attributes]) {
    if (name !== 'style' && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== 'style' && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  morphVariables(old as HTMLElement | SVGElement, fresh as HTMLElement | SVGElement);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  for (const [index, next] of after.entries()) {
    const previous = before[index];
    if (!previous) old.append(next);
    else if (!isSame(previous, next)) previous.replaceWith(next);
    else if (next instanceof Element) morph(previous as Element, next);
    else if (previous.nodeValue !== next.nodeValue) previous.nodeValue = next.nodeValue;
  }
  for (const gone of before.slice(after.length)) gone.remove();
}

const isSame = (one: Node, other: Node): boolean =>
  one.nodeName === other.nodeName &&
  (!(one instanceof Element) ||
    one.getAttribute('data-key') === (other as Element).getAttribute('data-key'));

// Never through the attribute: a strict Content-Security-Policy forbids that.
function morphVariables(
  { style: old }: HTMLElement | SVGElement,
  { style: fresh }: HTMLElement | SVGElement,
): void {
  for (const name of Array.from(old)) {
    if (!fresh.getPropertyValue(name)) old.removeProperty(name);
  }
  for (const name of Array.from(fresh)) old.setProperty(name, fresh.getPropertyValue(name));
}
