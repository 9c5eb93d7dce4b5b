import type { Act } from '../panel/panel-model.js';
import { onKeyDown } from './keyboard.js';

/** How long a key must be held to give its other character. */
const LONG_PRESS_MS = 500;

/** What was pressed, chosen or typed in the panel. */
export interface PanelPress {
  /** What. */
  readonly act: Act;
  /** A digit, a device, a country, a text; empty when there is none. */
  readonly value: string;
}

/** What the panel's input leads to. */
export interface PanelInputActions {
  /** Something was pressed, chosen or typed. */
  readonly press: (press: PanelPress) => void;
  /** Esc was pressed; true when it was used. */
  readonly escape: () => boolean;
  /** Whether single letters are shortcuts. */
  readonly shortcuts: () => boolean;
  /** Whether the keys type a number, which may begin with `+`. */
  readonly typesNumber: () => boolean;
  /** Whether digits of the keyboard go to a keypad. */
  readonly keypadOpen: () => boolean;
}

/**
 * Listens to everything that can be pressed, chosen or typed in the panel: what has a `data-act`. One listener for each sort of
 * event, because what is drawn comes and goes.
 */
export function listenToPanel(
  root: ShadowRoot,
  signal: AbortSignal,
  actions: PanelInputActions,
): void {
  let held: ReturnType<typeof setTimeout> | undefined;
  let longPressed = false;
  const press = (act: Act, value = ''): void => actions.press({ act, value });

  const listen = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (event: HTMLElementEventMap[Type], target: HTMLElement) => void,
  ): void =>
    root.addEventListener(
      type,
      (event) => {
        const target = (event.target as Element | null)?.closest<HTMLElement>('[data-act]');
        if (target) listener(event as HTMLElementEventMap[Type], target);
      },
      { signal },
    );

  listen('click', (event, target) => {
    if (target.matches('input,[aria-disabled=true]')) return;
    // A click without a pointer, from the keyboard, has nothing to do with a long press.
    const isEndOfLongPress = longPressed && event.detail > 0 && target.dataset['value'] === '0';
    longPressed = false;
    if (!isEndOfLongPress) press(target.dataset['act'] as Act, target.dataset['value']);
  });
  listen('change', (_, target) => {
    if (target.matches('[type=radio]')) press(target.dataset['act'] as Act, textOf(target));
    else if (target.matches('[type=tel]')) press('check');
  });
  listen('input', (_, target) => {
    if (!target.matches('[type=radio]')) press(target.dataset['act'] as Act, textOf(target));
  });
  listen('pointerdown', (_, target) => {
    longPressed = false;
    clearTimeout(held);
    if (!actions.typesNumber() || target.dataset['act'] !== 'key') return;
    if (target.dataset['value'] !== '0') return;
    held = setTimeout(() => {
      longPressed = true;
      press('key', '+');
    }, LONG_PRESS_MS);
  });
  for (const type of ['pointerup', 'pointercancel', 'pointerout'] as const) {
    root.addEventListener(type, () => clearTimeout(held), { signal });
  }
  root.addEventListener(
    'keydown',
    (event) => {
      const key = event as KeyboardEvent;
      if (onFieldKey(key, root, press)) return;
      onKeyDown(key, root, {
        shortcuts: actions.shortcuts,
        escape: actions.escape,
        control: (name) => {
          const control = root.querySelector(`.ctl[data-act=${name}]`);
          if (control && control.getAttribute('aria-disabled') !== 'true') press(name);
        },
        digit: (digit) => {
          if (!actions.keypadOpen()) return false;
          press('key', digit);
          return true;
        },
      });
    },
    { signal },
  );
}

const textOf = (target: HTMLElement): string => (target as HTMLInputElement).value;

/** Enter calls from the number field; arrows and Enter walk through the list of countries below its field. */
function onFieldKey(
  event: KeyboardEvent,
  root: ShadowRoot,
  press: (act: Act, value?: string) => void,
): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  const act = (root.activeElement as HTMLElement | null)?.dataset['act'];
  const moves: Readonly<Record<string, string>> = { ArrowDown: '1', ArrowUp: '-1' };
  if (act === 'type' && event.key === 'Enter') {
    press('check');
    press('call');
  } else if (act === 'search' && event.key === 'Enter') press('country', 'active');
  else if (act === 'search' && moves[event.key]) press('move-country', moves[event.key]);
  else return false;
  event.preventDefault();
  return true;
}
