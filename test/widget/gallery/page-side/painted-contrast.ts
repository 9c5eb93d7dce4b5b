import { contrast, paintedOne, type Rgba } from './luminance.js';

/** One measurement. */
export interface ContrastRow {
  /** What kind of thing it is. */
  readonly kind: string;
  /** The least it may be. */
  readonly limit: number;
  /** What it is. */
  readonly ratio: number;
  /** Scene, view and variant. */
  readonly where: string;
  /** The words or the class. */
  readonly what: string;
}

const LEVELS = '.dots.on i,.dots.live i,.meter i.f,.bars i.f,.dots.hold i,.lv i';
const FILLED = '.primary:not([aria-disabled]),.danger:not([aria-disabled]),[data-is=live]>.node';
const EDGED = '[data-is=now]>.node,[data-is=bad]>.node,.field,.find,.area';

/** Measures every text, icon, level and edge that is painted against the colours behind it. */
export function measureContrast(): readonly ContrastRow[] {
  return [...document.querySelectorAll<HTMLElement>('ever-dial')].flatMap((host) => {
    const { scene, view } = host.dataset;
    const where = `${scene}${view ? `/${view}` : ''} ${host.getAttribute('variant')}`;
    return [...(host.shadowRoot?.querySelectorAll('*') ?? [])]
      .filter(isSeen)
      .flatMap((element) => rowsOf(element).map((row) => ({ ...row, where })));
  });
}

const isSeen = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
  !element.closest('.sr');

function rowsOf(element: Element): readonly Omit<ContrastRow, 'where'>[] {
  const style = getComputedStyle(element);
  const isOff = element.closest('[aria-disabled=true]') !== null;
  const rows: Omit<ContrastRow, 'where'>[] = [];
  const add = (kind: string, limit: number, what: string, colours: string[], on: Element) => {
    const ground = behind(on);
    const ratio = Math.max(...colours.map((colour) => contrast(paintedOne(colour), ground)));
    rows.push({ kind, limit, ratio, what });
  };
  const name = element.getAttribute('class') ?? element.tagName;
  const outside = above(element) ?? element;
  if ([...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim())) {
    const size = Number.parseFloat(style.fontSize);
    const isBig = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const kind = isOff ? 'text, switched off' : isBig ? 'large text' : 'text';
    const words = element.textContent?.trim().slice(0, 30) ?? '';
    add(kind, isOff || isBig ? 3 : 4.5, words, [style.color], element);
  }
  if (element.matches('svg')) {
    add(isOff ? 'icon, switched off' : 'icon', isOff ? 2 : 3, name, [style.stroke], outside);
  }
  if (element.matches(LEVELS)) add('level', 3, name, [style.backgroundColor], outside);
  if (element.matches(FILLED)) {
    add('filled', 3, name, [style.backgroundColor, ...edge(style)], outside);
  }
  if (element.matches(EDGED)) add('edge', 3, name, edge(style), outside);
  return rows;
}

/** The colour of the first line around it, in any notation. */
function edge({ boxShadow }: CSSStyleDeclaration): string[] {
  return [/^\w+\(.*?\)/.exec(boxShadow)?.[0] ?? 'transparent'];
}

/** The colour that an element stands on: its own and those behind it, one over the other. */
function behind(element: Element): Rgba {
  const layers: Rgba[] = [];
  for (let at: Element | null = element; at; at = above(at)) {
    const colour = paintedOne(getComputedStyle(at).backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 255) break;
  }
  const white: Rgba = [255, 255, 255, 255];
  return layers.reduceRight((under, [red, green, blue, alpha]): Rgba => {
    const over = (top: number, bottom: number): number =>
      (top * alpha + bottom * (255 - alpha)) / 255;
    return [over(red, under[0]), over(green, under[1]), over(blue, under[2]), 255];
  }, white);
}

function above(element: Element): Element | null {
  const root = element.getRootNode();
  return (
    element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  );
}
