import { afterEach, describe, expect, test } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { onKeyDown } from '../../../../src/widget/works/keyboard.js';

afterEach(() => document.body.replaceChildren());

interface Panel {
  readonly shortcuts?: boolean;
  readonly usesDigits?: boolean;
}

function open({ shortcuts = true, usesDigits = true }: Panel = {}) {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const keys = h(
    'div',
    {},
    [...'123456789*0#'].map((digit, index) =>
      h('button', { class: 'key', 'data-value': digit, tabindex: index === 0 ? 0 : -1 }, digit),
    ),
  );
  const launcher = h('button', { class: 'launch' });
  root.append(launcher);
  root.append(
    h('section', { class: 'panel', tabindex: -1 }, h('input'), h('textarea'), h('button'), keys),
  );
  document.body.append(host);
  const did: string[] = [];
  const listener = (event: Event): void =>
    onKeyDown(event as KeyboardEvent, root, {
      shortcuts: () => shortcuts,
      escape: () => did.push('escape') > 0,
      control: (name) => did.push(name),
      digit: (key) => {
        if (usesDigits) did.push(key);
        return usesDigits;
      },
    });
  root.addEventListener('keydown', listener);
  const find = (selector: string) => root.querySelector(selector) as HTMLElement;
  const press = (key: string, on: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...more,
    });
    find(on).focus();
    find(on).dispatchEvent(event);
    return event;
  };
  return { did, press, find, root, host, listener };
}

describe('keys', () => {
  test.each([
    ['m', 'mute'],
    ['M', 'mute'],
    ['h', 'hold'],
    ['k', 'keypad'],
    ['5', '5'],
    ['*', '*'],
    ['#', '#'],
    ['+', '+'],
    ['Escape', 'escape'],
  ])('%s does %s, and nothing else hears of it', (key, expected) => {
    const { did, press } = open();
    let heard = 0;
    const count = () => {
      heard += 1;
    };
    document.addEventListener('keydown', count);
    const event = press(key, 'section');
    document.removeEventListener('keydown', count);
    expect(did).toEqual([expected]);
    expect([event.defaultPrevented, heard]).toEqual([true, 0]);
  });

  test.each(['a', 'Enter', ' ', 'Tab', 'F5', 'toString', 'ArrowLeft'])(
    '%j is left alone',
    (key) => {
      const { did, press } = open();
      expect(press(key, '.panel button:not(.key)').defaultPrevented).toBe(false);
      expect(did).toEqual([]);
    },
  );

  test.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])(
    'with %j everything is left alone',
    (more) => {
      const { did, press } = open();
      for (const key of ['m', 'h', 'k', '1', 'Escape']) {
        expect(press(key, 'section', more).defaultPrevented).toBe(false);
      }
      expect(did).toEqual([]);
    },
  );

  test('what somebody else has used is left alone', () => {
    const { did, press, find } = open();
    find('section').addEventListener('keydown', (event) => event.preventDefault());
    press('m', '.panel button');
    expect(did).toEqual([]);
  });

  test.each(['input', 'textarea'])('typing in %s is left alone but for Esc', (field) => {
    const { did, press } = open();
    for (const key of ['m', 'h', 'k', '1', '+', 'ArrowLeft']) {
      expect(press(key, field).defaultPrevented).toBe(false);
    }
    expect(did).toEqual([]);
    press('Escape', field);
    expect(did).toEqual(['escape']);
  });

  const PANEL_KEYS = ['m', 'h', 'k', '1', '#', 'ArrowLeft'];

  test('on the start button do nothing in the panel', () => {
    const { did, press } = open();
    for (const key of PANEL_KEYS) expect(press(key, '.launch').defaultPrevented).toBe(false);
    expect(did).toEqual([]);
  });

  test.each([
    ['input', {}],
    ['div', { contenteditable: 'true' }],
    ['a', { href: '#' }],
  ] as const)('in %s that the page has put into a slot belong to the page', (tag, attributes) => {
    const { did, host, listener } = open();
    const field = h(tag, { slot: 'footer', ...attributes });
    host.append(field);
    // The page may use the same class names.
    document.body.append(h('div', { class: 'panel' }, host));
    // In a browser its events pass through the shadow root; happy-dom does not send them there.
    field.addEventListener('keydown', listener);
    for (const key of PANEL_KEYS) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      field.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(false);
    }
    expect(did).toEqual([]);
  });

  test('letters can be switched off, digits and Esc stay', () => {
    const { did, press } = open({ shortcuts: false });
    for (const key of ['m', 'h', 'k']) {
      expect(press(key, 'section').defaultPrevented).toBe(false);
    }
    press('1', 'section');
    press('Escape', 'section');
    expect(did).toEqual(['1', 'escape']);
  });

  test('a digit that nobody uses goes on to the page', () => {
    const { press } = open({ usesDigits: false });
    expect(press('1', 'section').defaultPrevented).toBe(false);
  });
});

describe('the keypad is one stop of the Tab key', () => {
  const stops = (root: ShadowRoot) =>
    [...root.querySelectorAll<HTMLElement>('.key')]
      .filter(({ tabIndex }) => tabIndex === 0)
      .map(({ dataset }) => dataset['value']);

  test.each([
    ['ArrowRight', '5', '6'],
    ['ArrowLeft', '5', '4'],
    ['ArrowUp', '5', '2'],
    ['ArrowDown', '5', '8'],
    ['ArrowDown', '9', '#'],
    ['Home', '5', '1'],
    ['End', '5', '#'],
    ['ArrowLeft', '1', '1'],
    ['ArrowUp', '2', '2'],
    ['ArrowRight', '#', '#'],
    ['ArrowDown', '0', '0'],
  ])('%s on %s goes to %s', (key, from, to) => {
    const { did, press, root, find } = open();
    find(`[data-value="${from}"]`).focus();
    const event = press(key, `[data-value="${from}"]`);
    expect((root.activeElement as HTMLElement).dataset['value']).toBe(to);
    expect(event.defaultPrevented).toBe(true);
    expect(stops(root)).toEqual([from === to ? '1' : to]);
    expect(did).toEqual([]);
  });

  test('shortcuts and digits work on a key as well', () => {
    const { did, press } = open();
    press('7', '.key');
    press('m', '.key');
    expect(did).toEqual(['7', 'mute']);
  });
});
