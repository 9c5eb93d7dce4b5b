/** Left, top, width and height within the panel, in CSS pixels, rounded to tenths. */
export type Box = readonly [left: number, top: number, width: number, height: number];

/** Where the things of one picture stand. */
export interface GeometryRow {
  /** The attribute of the element. */
  readonly variant: string;
  /** Scene and view. */
  readonly state: string;
  /** What must be the same in every state of a variant; `undefined` what this state does not have. */
  readonly places: Readonly<Record<string, readonly number[] | undefined>>;
  /** Words that are cut off. */
  readonly cut: readonly string[];
  /** Words that stick out of the panel. */
  readonly outside: readonly string[];
  /** What can be pressed and is smaller than 44 x 44. */
  readonly small: readonly string[];
  /** By how many pixels the middle scrolls. */
  readonly scroll: number;
  /** By how many pixels the middle is too wide. */
  readonly wide: number;
}

/** Smaller than this may not be what can be pressed; less a tenth for rounding. */
const TARGET = 43.9;
const PRESSED = 'button,a,.opt,.seg label,.place,input:not([type=radio]),textarea';
/** Cut on purpose, with an ellipsis and the whole name in the accessible name; or drawings. */
const MAY_BE_CUT = '.sr,svg,.bar .open,.who';
const NOT_WORDS = 'input,.dots,.line,.stop,.panel,.main,.node,.group';

/** Measures every picture of the gallery. */
export function measureGeometry(): readonly GeometryRow[] {
  return [...document.querySelectorAll<HTMLElement>('ever-dial')].map(measure);
}

function measure(host: HTMLElement): GeometryRow {
  const root = host.shadowRoot;
  const outer = root?.querySelector('.panel,.bar,.launch');
  if (!root || !outer) throw new Error('nothing is drawn');
  const top = outer.getBoundingClientRect();
  const box = (element: Element | null | undefined): Box | undefined => {
    if (!element) return undefined;
    const { left, top: y, width, height } = element.getBoundingClientRect();
    const tenths = (value: number): number => Math.round(value * 10) / 10;
    return [tenths(left - top.left), tenths(y - top.top), tenths(width), tenths(height)];
  };
  const { scene = '', view } = host.dataset;
  const last = box([...root.querySelectorAll('.acts .btn')].at(-1));
  const say = view ? undefined : box(root.querySelector('.say'));
  const main = root.querySelector('.main');
  const all = [...root.querySelectorAll('*')].filter((element) => element.checkVisibility());
  return {
    variant: host.getAttribute('variant') ?? '',
    state: view ? `${scene}/${view}` : scene,
    places: {
      size: [top.width, top.height],
      line: box(root.querySelector('.line'))?.slice(0, 3),
      headline: say && [say[1]],
      controls: box(root.querySelector('div.ctls'))?.slice(0, 3),
      'end of the last button': last && [Math.round((last[1] + last[3]) * 10) / 10],
    },
    cut: all.filter(isCut).map(told),
    outside: all.filter((element) => sticksOut(element, outer)).map(told),
    small: [...root.querySelectorAll(PRESSED)]
      .map((element) => [element, element.getBoundingClientRect()] as const)
      .filter(([, { width, height }]) => width && (width < TARGET || height < TARGET))
      .map(([element, rect]) => `${told(element)} ${rect.width} x ${rect.height}`),
    scroll: main ? main.scrollHeight - main.clientHeight : 0,
    wide: main ? main.scrollWidth - main.clientWidth : 0,
  };
}

function isCut(element: Element): boolean {
  return (
    element.scrollWidth > element.clientWidth + 1 &&
    element.clientWidth > 0 &&
    !element.closest(MAY_BE_CUT) &&
    !element.matches(NOT_WORDS) &&
    getComputedStyle(element).display !== 'inline'
  );
}

/** Sideways out of the panel; downwards too where nothing scrolls. */
function sticksOut(element: Element, panel: Element): boolean {
  if (element.closest('.sr,svg,.who')) return false;
  const { left, right, bottom } = panel.getBoundingClientRect();
  const mayScroll = element.closest('.main') || panel.scrollHeight > panel.clientHeight;
  return wordsOf(element).some((words) => {
    const isSideways = words.left < left - 1 || words.right > right + 1;
    return words.width > 0 && (isSideways || (!mayScroll && words.bottom > bottom + 1));
  });
}

/** Where an element's own words stand. */
function wordsOf(element: Element): readonly DOMRect[] {
  return [...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim())
    .map((node) => {
      const range = document.createRange();
      range.selectNode(node);
      return range.getBoundingClientRect();
    });
}

const told = (element: Element): string =>
  `${element.getAttribute('class') ?? element.tagName}: ${element.textContent?.trim().slice(0, 30)}`;
