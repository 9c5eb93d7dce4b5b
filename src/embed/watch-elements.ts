import { savesData } from '../intent/saves-data.js';
import { paintButton } from './paint-button.js';

/** Elements that are nothing without the code: panels, and buttons that may have to say that nobody can call. */
const AT_ONCE = '[preload],[hours],[variant=panel],[variant=bar],[variant=agent]';

const isDefined = (): unknown => customElements.get('ever-dial');

/**
 * Paints the button of each `<ever-dial>` whose class is not there yet, of those added later too. Ends when the class is
 * registered, which has all this itself.
 * @param onSign - somebody is about to call, by this element if one is named
 * @param onPress - somebody has pressed the button of an element, or the page's button for it
 */
export function watchElements(
  onSign: (element?: Element) => void,
  onPress: (element: Element) => void,
): void {
  const paint = (): void => {
    if (isDefined()) return;
    for (const element of document.querySelectorAll('ever-dial')) {
      paintButton(element);
      if (element.matches(AT_ONCE) || !window.RTCPeerConnection) onSign();
    }
  };
  new MutationObserver(paint).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['label', 'lang', 'size', 'for'],
  });
  paint();
  const onEvent = (event: Event): void => {
    const element = event.composedPath().map(elementOf).find(Boolean);
    if (!element || isDefined()) return;
    const isPress = event.type === 'click';
    if (!isPress && (element.matches('[no-warm-up]') || savesData())) return;
    onSign(element);
    if (isPress && !event.defaultPrevented) onPress(element);
  };
  for (const type of ['pointerover', 'focusin', 'click']) {
    document.addEventListener(type, onEvent);
  }
}

/** The element to which something belongs: inside it, or the page's own button for it. */
function elementOf(target: EventTarget): Element | null {
  if (!(target instanceof Element)) return null;
  const { host } = target.getRootNode() as Partial<ShadowRoot>;
  if (host?.matches('ever-dial')) return host;
  return target.id ? document.querySelector(`ever-dial[for="${CSS.escape(target.id)}"]`) : null;
}
