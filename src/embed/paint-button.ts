import { PHONE } from '../widget/launcher/icons.js';
import { callWord } from '../widget/launcher/words.js';
import { firstSheet } from './first-styles.js';

/**
 * Paints the start button into an `<ever-dial>` whose class is not there yet, or anew when an attribute has changed. The class
 * takes over the shadow root with its button, so that a press or a focus on it goes on.
 */
export function paintButton(element: Element): void {
  const attribute = (name: string): string => element.getAttribute(name) ?? '';
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [firstSheet()];
  const button = root.querySelector('button') ?? root.appendChild(document.createElement('button'));
  const size = attribute('size');
  const label = attribute('label') || callWord(element.closest<HTMLElement>('[lang]')?.lang ?? '');
  const isRound = size === 'round';
  Object.assign(button, {
    part: 'button',
    className: `btn ${size} ${attribute('variant') === 'floating' ? 'dock' : ''}`,
    // A link stands in its place when the code did not come.
    hidden: button.nextSibling ?? document.getElementById(attribute('for')),
    ariaLabel: isRound ? label : null,
  });
  button.dataset['position'] = attribute('position');
  button.replaceChildren(slot('icon', drawPhone()), isRound ? '' : slot('label', label));
}

/** As the widget's own icons, in fewer bytes. */
function drawPhone(): Element {
  const draw = (tag: string, attributes: object): Element => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const icon = draw('svg', { viewBox: '0 0 24 24', class: 'icon' });
  icon.append(...PHONE.map(([d, width]) => draw('path', { d, 'stroke-width': width })));
  return icon;
}

function slot(name: string, content: Node | string): HTMLElement {
  const element = document.createElement('slot');
  element.name = name;
  element.append(content);
  return element;
}
