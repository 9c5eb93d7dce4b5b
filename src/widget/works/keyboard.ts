/** What a key does in the panel. */
export interface KeyboardActions {
  /** Whether single letters are shortcuts. */
  readonly shortcuts: () => boolean;
  /** Esc: closes what is open inside, then makes the panel small. */
  readonly escape: () => boolean;
  /** A shortcut for a control. */
  readonly control: (name: 'mute' | 'hold' | 'keypad') => void;
  /** A digit, `*`, `#` or `+`; true when it was used. */
  readonly digit: (key: string) => boolean;
}

const LETTERS = { m: 'mute', h: 'hold', k: 'keypad' } as const;
const ARROWS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -3,
  ArrowDown: 3,
};

/**
 * Keys pressed anywhere in the panel. Typing in a field is left alone but for Esc; single letters work only here, inside the
 * panel (WCAG 2.1.4).
 */
export function onKeyDown(event: KeyboardEvent, root: ShadowRoot, actions: KeyboardActions): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const focused = event.target as Element;
  const inPanel = root.contains(focused) && focused.closest('.panel,.bar') !== null;
  if (event.key === 'Escape') {
    // Where there is nothing to close, Esc is the page's.
    if (!root.contains(focused) || !actions.escape()) return;
  } else if (!inPanel || focused.matches('input,textarea')) {
    // Words of the page in a slot are the page's.
    return;
  } else if (focused.matches('.key') && moveInKeypad(event.key, focused)) {
    // Moved.
  } else if (/^[\d*#+]$/.test(event.key)) {
    if (!actions.digit(event.key)) return;
  } else {
    const name = LETTERS[event.key.toLowerCase() as keyof typeof LETTERS];
    if (!name || !actions.shortcuts()) return;
    actions.control(name);
  }
  event.preventDefault();
  event.stopPropagation();
}

/** The keypad is one stop; arrows move inside, physically, because it runs from left to right everywhere. */
function moveInKeypad(key: string, focused: Element): boolean {
  const keys = [...(focused.parentElement?.querySelectorAll<HTMLElement>('.key') ?? [])];
  const at = keys.indexOf(focused as HTMLElement);
  const last = keys.length - 1;
  const step = ARROWS[key];
  const next = key === 'Home' ? 0 : key === 'End' ? last : step === undefined ? at : at + step;
  if (key !== 'Home' && key !== 'End' && step === undefined) return false;
  const target = keys[next];
  if (!target) return true;
  stopAt(target);
  target.focus();
  return true;
}

/** Makes this key the one at which Tab stops. */
export function stopAt(key: HTMLElement): void {
  for (const each of key.parentElement?.querySelectorAll<HTMLElement>('.key') ?? []) {
    each.tabIndex = each === key ? 0 : -1;
  }
}
