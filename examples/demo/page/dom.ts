/** The element with this id. */
export function byId<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element as Type;
}

/** Makes an element with properties and children. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Writes text only where it differs, so that a live region does not speak twice. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** `+12025550107` → `+1 202 555 0107`, as far as it looks like a number of North America. */
export function spaced(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
}

/** `65000` → `01:05`. */
export function clockText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** `41` → `41 ms`, `2512` → `2.5 s`. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A carrier's name as it is written. */
export function carrierName(id: string | undefined): string {
  if (id === undefined) return '';
  return id.charAt(0).toUpperCase() + id.slice(1);
}

/** Draws, and takes the focus to the container when the element that had it is no longer shown. */
export function drawKeepingFocus(container: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  draw();
  if (container.contains(focused) && focused !== container && !focused?.checkVisibility()) {
    container.focus();
  }
}
